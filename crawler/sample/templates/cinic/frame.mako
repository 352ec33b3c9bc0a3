<!DOCTYPE html>
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=${charset}" />
<title><%block name="title"/></title>
<%block name="meta"/>
<link rel="alternate" type="application/rss+xml" title="城市" href="/rss.xml" />
<link rel="stylesheet" type="text/css" href="/static/css/base.css" />
<script type="text/javascript" src="/static/js/jquery-1.11.min.js"></script>
</head>
<body>
<div class="topnav"><div class="wrap"><a href="/">首页</a><a href="/xw/">新闻</a><a href="/hy/">行业</a><a href="/hy/cs/">城市</a><a href="/sj/">数据</a><a href="/zt/">专题</a><a href="/sp/">视频</a><span class="r"><a href="/search/">站内搜索</a></span></div></div>
<div class="wrap logo"><a href="/"><img src="/static/img/logo.png" alt="中国产业经济信息网" /></a></div>
<div class="wrap con">
<div class="conL">
${self.body()}
</div>
<div class="conR">
<div class="blk"><h3>延伸阅读</h3><ul><li><a href="/hy/ny/830001.html">农产品电商迈入品牌化阶段</a></li><li><a href="/hy/ny/830002.html">数字技术赋能县域商业体系</a></li></ul></div>
<div class="blk"><h3>热点视频</h3><ul><li><a href="/sp/830101.html"><img src="/static/img/v1.jpg" alt="一粒种子的旅程" />一粒种子的旅程 一粒种子的旅程</a></li></ul></div>
<div class="blk"><h3>热点新闻</h3><ul><li><a href="/xw/kx/830201.html">上半年制造业增加值稳步增长</a></li><li><a href="/xw/kx/830202.html">多地出台促进民营经济发展新举措</a></li></ul></div>
<div class="blk"><h3>热点舆情</h3></div><div class="blk"><h3>特色小镇</h3></div>
</div>
</div>
<div class="foot"><p><a href="/about/">网站介绍</a> | <a href="/ad/">广告服务</a> | <a href="/law/">法律声明</a> | <a href="/contact/">联系我们</a></p><p>版权所有:中国产业经济信息网 京ICP备00000000号-2 京公网安备00000000000000</p></div>
</body>
</html>
