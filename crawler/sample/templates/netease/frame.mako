<!DOCTYPE html>
<html id="ne_wrap" data-category="网易号">
<head>
<meta charset="${charset}">
<title>${article.title}|${article.source}_网易订阅</title>
<meta name="keywords" content="东西部协作,对口支援">
<meta name="author" content="网易">
<meta property="og:title" content="${article.title}">
<meta property="og:type" content="news">
<%block name="published"><meta property="article:published_time" content="${article.published.isoformat()}+08:00"></%block>
<link rel="canonical" href="${url}">
<script>window.ntesConfig={"domain":"www.163.com","category":"dy"};</script>
</head>
<body>
<div class="ntes_nav_wrap"><a href="https://www.163.com/">网易首页</a> <a href="https://news.163.com/">新闻</a> <a href="https://money.163.com/">财经</a> <a href="https://mail.163.com/">免费邮箱</a> <a href="https://reg.163.com/">登录</a></div>
<div class="post_crumb"><a href="https://www.163.com/">网易首页</a> &gt; <a href="https://www.163.com/dy/">网易号</a> &gt; 正文 <a class="shenqing" href="https://dy.163.com/">申请入驻</a></div>
${self.body()}
<div class="post_recommends"><h3>热门推荐</h3><ul>
% for other in neighbours:
<li><a href="${other.url}">${other.title}</a><span>${other.source} ${other.published.strftime("%Y-%m-%d")}</span></li>
% endfor
</ul></div>
<div class="post_side"><h3>态度原创</h3><ul><li>城市漫步:在老街寻找烟火气</li><li>春天的第一口鲜</li></ul><h3>头条要闻</h3><ul><li>多地迎来客流高峰</li><li>科技新品集中发布</li></ul></div>
<div class="ntes_foot">About NetEase | 公司简介 | 联系方法 | 招聘信息 | 客户服务 | 隐私政策 | 不良信息举报 Complaint Center | 网易公司版权所有 &copy;1997-2025</div>
</body>
</html>
