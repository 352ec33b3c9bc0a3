"""A reactor whose names resolve to public addresses only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twisted.internet.interfaces import IHostnameResolver, IReactorPluggableNameResolver, IResolutionReceiver
from zope.interface import implementer

from crawler.guard import AddressRefusedError, AddressRule

Note = Callable[[AddressRefusedError], None]


@implementer(IReactorPluggableNameResolver)
class GuardedReactor:
    """The reactor in all respects but one: its name resolver drops addresses that are not to be asked.

    Twisted's HostnameEndpoint connects to the addresses this resolver hands it, so what was checked is what is used.
    """

    def __init__(self, reactor: Any, rule: AddressRule, note: Note) -> None:
        self._reactor = reactor
        self.nameResolver = GuardedResolver(reactor, rule, note)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reactor, name)

    def installNameResolver(self, resolver: Any) -> Any:  # noqa: N802  # Twisted's name
        """Part of the interface; nobody installs anything on one request's reactor."""
        raise NotImplementedError


@implementer(IHostnameResolver)
class GuardedResolver:
    """Ask the reactor's resolver at the time of the look-up, and pass on what the rule lets pass."""

    def __init__(self, reactor: Any, rule: AddressRule, note: Note) -> None:
        self._reactor, self._rule, self._note = reactor, rule, note

    def resolveHostName(  # noqa: N802  # Twisted's name
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Any = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Resolve; see Twisted's IHostnameResolver."""
        receiver = _Receiver(resolutionReceiver, hostName, self._rule, self._note)
        return self._reactor.nameResolver.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )


@implementer(IResolutionReceiver)
class _Receiver:
    def __init__(self, receiver: Any, host: str, rule: AddressRule, note: Note) -> None:
        self._receiver, self._host, self._rule, self._note = receiver, host, rule, note

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        try:
            self._rule.check_address(self._host, str(address.host))
        except AddressRefusedError as error:
            self._note(error)
        else:
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()
