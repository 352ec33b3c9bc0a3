<%inherit file="frame.mako"/><%block name="title">${article.title}_深圳招商网</%block>
<div class="crumb"><a href="/">深圳招商网</a> &gt; <a href="/shenzhendongtai/">深圳招商动态</a> &gt; ${article.title}</div>
<div class="left">
<div class="news-detail">
<h1>${article.title}</h1>
<div class="info"><span>| 招商动态 |</span>${article.published.strftime("%Y-%m-%d")}</div>
<div class="content">
% for paragraph in article.body:
<p>${paragraph}</p>
% endfor
% for line in article.footer:
<p style="text-align:right">${line}</p>
% endfor
<p class="tip">想了解更多园区与产业扶持政策,请关注微信公众号,长按识别二维码,赞赏功能暂未开通。</p>
</div>
<div class="hot">招商热线:400-006-0011</div>
</div>
<div class="about"><h3>相关动态</h3><ul>
% for other in neighbours:
<li><a href="${other.url}">${other.title}</a><span>${other.published.strftime("%m-%d")}</span></li>
% endfor
</ul></div>
</div>
${self.side()}
