<%inherit file="frame.mako"/><%block name="title">${article.title}-中国产业经济信息网</%block><%block name="meta"><meta name="description" content="${article.title}" /></%block>
<div class="dqwz">您的位置:<a href="/">首页</a> &gt; <a href="/hy/">行业</a> &gt; <a href="/hy/cs/">城市</a></div>
<h1 class="dc-title">${article.title}</h1>
<p class="dc-info"><span>来源:中国产业经济信息网</span>   <span>时间:${article.published.strftime("%Y-%m-%d")}</span></p>
<div class="share">分享到:<a class="wx">微信</a><a class="wb">微博</a><a class="qq">QQ空间</a></div>
<div class="dc-ccm1">
% for paragraph in article.body:
<p>  ${paragraph}</p>
<p></p>
% endfor
% for line in article.footer:
<p>  ${line}</p>
% endfor
% if article.origin:
<p>  转自:${article.origin}</p>
% endif
<p>  【版权及免责声明】凡注明“来源:中国产业经济信息网”的作品,版权均归本网所有,转载请注明出处;转载自其他媒体的内容仅代表原作者观点,与本网立场无关。版权事宜请联系:010-00000000。</p>
</div>
<div class="xg"><h3>相关新闻</h3><ul>
% for other in neighbours:
<li><a href="${other.url}">${other.title}</a></li>
% endfor
</ul></div>
