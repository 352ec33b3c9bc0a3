<%inherit file="frame.mako"/><%block name="title">深圳招商动态_深圳招商网</%block>
<%! from urllib.parse import urlsplit %>
<div class="crumb"><a href="/">深圳招商网</a> &gt; 深圳招商动态</div>
<div class="left"><ul class="news-list">
% for entry in listing.entries:
<li><a class="pic" href="${urlsplit(entry.url).path}"><img data-src="/upload/news/${entry.id or 'none'}.jpg" alt=""></a>
<h3><a href="${urlsplit(entry.url).path}" title="${entry.title}">${entry.title}</a></h3><span class="date">${entry.published.strftime("%Y-%m-%d")}</span>
<p>来自深圳招商动态,点击查看全文……<a href="${urlsplit(entry.url).path}">[详细]</a></p></li>
% endfor
</ul>
<div class="page">
% if listing.page > 1:
<a href="${listing.urls[listing.page - 2]}">上一页</a>
% endif
% for url in listing.urls:
% if loop.index + 1 == listing.page:
<b>${loop.index + 1}</b>
% else:
<a href="${url}">${loop.index + 1}</a>
% endif
% endfor
% if listing.page < len(listing.urls):
<a class="next" href="${listing.urls[listing.page]}">下一页</a>
% endif
</div></div>
${self.side()}
