<!DOCTYPE html>
<html>
<head><meta charset="${charset}"><title>资讯列表</title></head>
<body>
<div class="head"><a href="/">首页</a> <a href="/dy/list.html">资讯</a></div>
<ul class="list">
% for entry in listing.entries:
<li><a href="${entry.url}">${entry.title}</a></li>
% endfor
</ul>
<div class="page">
% if listing.page > 1:
<a href="${listing.urls[listing.page - 2]}">上一页</a>
% endif
% if listing.page < len(listing.urls):
<a href="${listing.urls[listing.page]}">下一页</a>
% endif
</div>
<div class="foot">本站内容来自互联网,不代表本站观点</div>
</body>
</html>
