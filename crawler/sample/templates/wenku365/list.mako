<%inherit file="frame.mako"/><%block name="title">工作汇报文档下载 - 天天文库</%block>
<%! from urllib.parse import urlsplit %>
<div class="crumbs"><a href="/">首页</a> &gt; 工作汇报</div>
<dl class="doclist">
% for entry in listing.entries:
<dt><i class="doc"></i><a href="${urlsplit(entry.url).path}" target="_blank">${entry.title}</a></dt>
<dd>上传时间:${entry.published.strftime("%Y-%m-%d")} | 格式:DOC | 评分:★★★★ <a href="/user/down.html?id=${entry.id}">下载</a></dd>
% endfor
</dl>
<div class="pager">
% for url in listing.urls:
% if loop.index + 1 == listing.page:
<span class="cur">${loop.index + 1}</span>
% else:
<a href="${"?page=%d" % (loop.index + 1) if loop.index else "/c-00012.html"}">${loop.index + 1}</a>
% endif
% endfor
% if listing.page < len(listing.urls):
<a href="?page=${listing.page + 1}">&gt;&gt;</a>
% endif
共${len(listing.urls)}页</div>
