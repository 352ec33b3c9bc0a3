<%inherit file="frame.mako"/>
<table width="100%" border="0" cellpadding="6"><tr><td class="wz">  当前位置:<a href="index.asp">首页</a>-&gt;&gt;<a href="news_list.asp?typeid=20">扶贫前沿</a>-&gt;&gt;<a href="news_list.asp?typeid=25">地市联播</a></td></tr>
<tr><td align="center" class="title"><b><font size="4">${article.title}</font></b></td></tr>
<tr><td align="center" class="time">加入时间:${f"{article.published.year}-{article.published.month}-{article.published.day}"}    来源:${article.source}</td></tr>
<tr><td class="content"><div style="line-height:180%">
% for paragraph in article.body:
  ${paragraph}<br />
 <br />
% endfor
% for line in article.footer:
  ${line}<br />
% endfor
</div></td></tr>
<tr><td align="right">【<a href="javascript:window.print()">打印本页</a>】【<a href="javascript:window.close()">关闭窗口</a>】</td></tr></table>
