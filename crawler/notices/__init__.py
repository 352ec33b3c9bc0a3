"""Telling people: findings and hits by e-mail, webhook or command, each once."""

from crawler.notices.channels import ChannelError, Channels, Message, Send, channels
from crawler.notices.delivery import compose, deliver, post
from crawler.notices.secrets import SecretError, hide, secret

__all__ = [
    "ChannelError",
    "Channels",
    "Message",
    "SecretError",
    "Send",
    "channels",
    "compose",
    "deliver",
    "hide",
    "post",
    "secret",
]
