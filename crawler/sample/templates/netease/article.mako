<%inherit file="frame.mako"/>
<div class="post_main"><h1 class="post_title">${article.title}</h1>
<div class="post_info">${article.published.strftime("%Y-%m-%d %H:%M:%S")} 来源: <a href="https://www.163.com/dy/media/T1586412345678.html">${article.source}</a> <a class="post_jubao">举报</a></div>
<div class="post_top_tie"><a>0</a><span>分享至</span><p>用微信扫码二维码</p><p>分享至好友和朋友圈</p></div>
<div class="post_body">
% for paragraph in article.body:
<p>${paragraph}</p>
% endfor
% for line in article.footer:
<p>${line}</p>
% endfor
</div>
<div class="post_statement"><p>特别声明:本文(含图片、视频)由网易号自媒体用户自行上传,平台只提供信息存储空间。</p><p>Notice: this post, its pictures and videos were uploaded by an account of NetEase Hao; the platform only stores them.</p></div>
<div class="post_tie"><h3>热门跟贴</h3><p>跟贴为网友个人观点,与本站立场无关</p></div>
</div>
