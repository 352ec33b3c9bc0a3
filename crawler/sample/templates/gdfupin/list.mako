<%inherit file="frame.mako"/>
<%! from urllib.parse import urlsplit %>
<table width="100%" border="0" cellpadding="4"><tr><td colspan="2" class="wz">  当前位置:<a href="index.asp">首页</a>-&gt;&gt;扶贫前沿-&gt;&gt;地市联播</td></tr>
% for entry in listing.entries:
<tr><td><img src="images/dot.gif" /> <a href="${urlsplit(entry.url).path[1:]}?${urlsplit(entry.url).query}" target="_blank">${entry.title}</a></td>
<td width="90" align="right">[${entry.published.year}-${entry.published.month}-${entry.published.day}]</td></tr>
% endfor
<tr><td colspan="2" align="center">共${len(listing.urls)}页 第${listing.page}页
<a href="news_list.asp?typeid=25">首页</a>
% if listing.page > 1:
<a href="news_list.asp?typeid=25${f"&page={listing.page - 1}" if listing.page > 2 else ""}">上一页</a>
% endif
% if listing.page < len(listing.urls):
<a href="news_list.asp?typeid=25&page=${listing.page + 1}">下一页</a>
% endif
<a href="news_list.asp?typeid=25&page=${len(listing.urls)}">尾页</a></td></tr></table>
