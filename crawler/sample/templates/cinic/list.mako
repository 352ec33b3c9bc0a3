<%inherit file="frame.mako"/><%block name="title">城市-中国产业经济信息网</%block><%block name="meta"/>
<%! from urllib.parse import urlsplit %>
<div class="dqwz">您的位置:<a href="/">首页</a> &gt; <a href="/hy/">行业</a> &gt; 城市</div>
<ul class="list">
% for entry in listing.entries:
<li><a href="${urlsplit(entry.url).path if urlsplit(entry.url).path.count("/xw/") else "./" + urlsplit(entry.url).path.rsplit("/", 1)[1]}" title="${entry.title}">${entry.title}</a><em>${entry.published.strftime("%Y-%m-%d")}</em></li>
% endfor
</ul>
<div class="page"><script>createPageHTML(${len(listing.urls)}, ${listing.page - 1}, "index", "html");</script></div>
