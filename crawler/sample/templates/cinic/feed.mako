<%! from email.utils import format_datetime; from datetime import timedelta, timezone %><?xml version="1.0" encoding="${charset}"?>
<rss version="2.0"><channel><title>中国产业经济信息网 城市</title><link>http://www.cinic.org.cn/hy/cs/</link><description>城市频道</description>
% for entry in listing.entries:
<item><title>${entry.title}</title><link>${entry.url}</link><pubDate>${format_datetime(entry.published.replace(tzinfo=timezone(timedelta(hours=8))))}</pubDate></item>
% endfor
</channel></rss>
