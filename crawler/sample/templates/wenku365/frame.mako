<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head><meta http-equiv="Content-Type" content="text/html; charset=${charset}" />
<title><%block name="title"/></title>
<link href="/Images/s.gif" rel="shortcut icon" /><link href="/css/detail.css" rel="stylesheet" type="text/css" /></head>
<body>
<div class="header"><div class="w"><a href="/" class="logo">天天文库</a>
<div class="menu"><a href="/">首页</a> <a href="/c-00001.html">学术论文</a> <a href="/c-00007.html">合同协议</a> <a href="/c-00012.html">工作汇报</a> <a href="/c-00033.html">工程资料</a></div>
<div class="user"><a href="/user/login.html">登录</a> | <a href="/user/reg.html">注册</a> | <a href="/upload.html">上传文档赚钱</a></div></div></div>
<div class="w main">
${self.body()}
</div>
<div class="footer"><p>关于我们 - 网站声明 - 网站地图 - 资源地图 - 友情链接 - 网站客服 - 联系我们</p>
<p>copyright@ 天天文库 版权所有 经营许可证:蜀ICP备00000000号 本站为文档C2C交易模式,用户上传的文档直接被用户下载,收益归上传人所有。</p></div>
</body></html>
