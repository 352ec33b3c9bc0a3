<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="${charset}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title><%block name="title"/></title>
<meta name="keywords" content="深圳招商,深圳招商引资,深圳产业园区,深圳厂房出租">
<link rel="stylesheet" href="/static/css/style.css?v=20190312">
<script src="/static/js/jquery.min.js"></script>
<script>var _hmt=_hmt||[];(function(){var hm=document.createElement("script");hm.src="https://hm.example/hm.js?81c2";})();</script>
</head>
<body>
<div class="top-bar"><div class="w1200"><a class="city" href="/"><h2>深圳</h2></a><a class="logo" href="/"><h2>招商网</h2></a>
<form class="search" action="/search/"><input name="kw" placeholder="请输入园区名称、产业类型"><button>搜索</button></form>
<div class="tel">招商热线:<b>400-006-0011</b></div></div></div>
<ul class="nav w1200">
<li><a href="/">首页</a></li><li><a href="/yuanqu/">产业园区</a></li><li><a href="/tudi/">工业土地</a></li><li><a href="/changfang/">厂房仓库</a></li>
<li><a href="/zhengce/">招商政策</a></li><li><a href="/shenzhendongtai/">招商动态</a></li><li><a href="/touzi/">投资指南</a></li><li><a href="/app/">小程序</a></li>
</ul>
<div class="main w1200">
${self.body()}
<%def name="side()">
<div class="side">
<div class="box guide"><h3>投资指南</h3><p>深圳地处珠江口东岸,毗邻香港,是全国性经济中心城市和国家创新型城市,电子信息、生物医药、新能源等产业聚集,欢迎各地客商前来投资兴业…<a href="/touzi/">更多</a></p></div>
<div class="box"><h3>投资深圳</h3><ul class="grid">
% for word in ("工业用地", "企业政策", "厂房仓库", "写字楼租售", "资金扶持", "人才政策"):
<li><i class="ico"></i><p>${word}</p><a class="ask" href="javascript:;" onclick="openChat()">立即咨询</a></li>
% endfor
</ul><p class="mini">扫码进入小程序找园区</p></div>
</div>
</%def>
</div>
<div class="links w1200"><b>友情链接:</b>
% for city in ("惠州", "珠海", "江门", "河源", "清远"):
<a href="http://${loop.index + 1}.zs.example/">${city}招商引资招商网</a>
% endfor
<a href="/changfang/">深圳厂房出租出售</a> <a href="/zhengce/chanye/">深圳产业扶持政策</a> <a href="/tudi/">深圳土地出租出售</a></div>
<div class="foot">版权所有 深圳招商引资服务平台 粤ICP备00000000号 本站部分信息来自网络,如有侵权请联系客服删除</div>
<div class="chat" id="chat"><span class="close">×</span><p>您好,园区招商顾问在线,政策申报、用地选址、厂房租售都可以问我,您想了解哪一项?急事请拨400-006-0011,由专属顾问接听!</p>
<a class="now">马上咨询</a><a class="later">稍后再说</a></div>
<div class="float"><p>客服咨询</p><p>电话咨询<br>400-006-0011</p><ul><li>土地厂房咨询</li><li>注册公司政策</li><li>其他相关咨询</li><li>资金扶持咨询</li></ul></div>
</body>
</html>
