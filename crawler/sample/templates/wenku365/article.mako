<%inherit file="frame.mako"/><%block name="title">${article.title} - 工作汇报 - 天天文库</%block>
<div class="crumbs"><a href="/">首页</a> &gt; <a href="/c-00012.html">工作汇报</a> &gt; ${article.title}</div>
<h1>${article.title}</h1>
<div class="preview">
% for piece in pieces:
<div class="page-img"><img src="/view/${article.id}/${loop.index + 1}.gif" alt="${article.title}_第${loop.index + 1}页" /><p>${article.title}_第${loop.index + 1}页</p></div>
% endfor
</div>
<div class="docinfo"><h2>${article.title}</h2>
<p>ID:${article.id}</p><p>大小:${38 + len("".join(pieces)) // 9}.50 KB</p><p>页数:${len(pieces) + 3}页</p><p>时间:${article.published.strftime("%Y-%m-%d")}</p></div>
<div class="text"><b>资源描述:</b>
<p>《${article.title}》由会员上传分享,免费在线阅读,更多相关内容在工作汇报-天天文库</p>
<div class="content">
% for piece in pieces:
<p>${loop.index + 1}、${piece}</p>
% endfor
</div></div>
<div class="more"><p>当前文档最多预览五页,下载文档查看全文</p><a class="btn" href="/user/down.html?id=${article.id}">立即下载</a><p>本文档的下载收益归上传者</p></div>
<div class="same"><h3>相关文档</h3><ul>
% for other in neighbours:
<li><a href="${other.url}">${other.title}</a></li>
% endfor
</ul></div>
<div class="notice"><b>温馨提示:</b><p>1. 部分文档含公式或动画,网页预览时版式可能与原文件不同,以下载后的文件为准。</p>
<p>2. 文档由会员自行上传,其版权归原作者;若您认为有侵权之处,请与客服联系处理。</p>
<p>3. 预览与标题不符、下载失败等情况,请提交反馈,客服会在一个工作日内答复。</p></div>
