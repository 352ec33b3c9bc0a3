<!DOCTYPE html>
<html>
<head>
<meta charset="${charset}">
<title>${article.title}</title>
</head>
<body>
<div class="head"><a href="/">${label("首页")}</a> <a href="/dy/list.html">${label("资讯")}</a></div>
<div class="main">
<div class="text">
% if article.dated:
<h1>${article.title}</h1>
<p class="info">${article.published.strftime("%Y-%m-%d %H:%M:%S")} ${label("来源:")} ${article.source}</p>
% endif
% for paragraph in article.body:
<p>${paragraph}</p>
% endfor
% for line in article.footer:
<p>${line}</p>
% endfor
<p>${label("新闻回顾")}</p><p>01</p><p>02</p><p>03</p>
<p>${label("热门跟贴")}</p>
</div>
<ul class="more">
% for other in neighbours:
<li><a href="${other.url}">${other.title}</a></li>
% endfor
</ul>
</div>
<div class="foot">${label("本站内容来自互联网,不代表本站观点")}</div>
</body>
</html>
