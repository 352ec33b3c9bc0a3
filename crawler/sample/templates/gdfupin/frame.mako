<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=${charset}" />
<title>广东扶贫网--广东省扶贫开发协会</title>
<link href="css/css.css" rel="stylesheet" type="text/css" />
<script language="javascript" src="js/date.js"></script>
</head>
<body topmargin="0" leftmargin="0">
<table width="1000" border="0" align="center" cellpadding="0" cellspacing="0">
<tr><td height="24" class="top">广东省扶贫开发协会欢迎您!<font color="#cc0000">本站最新动态:</font><marquee scrollamount="3" width="420">  《广东扶贫》杂志征稿启事!    关于开展会员单位信息登记的通知</marquee></td>
<td align="right"><a href="#" onclick="this.style.behavior='url(#default#homepage)'">设为首页</a> | <a href="mail.asp">秘书长信箱</a> | <a href="javascript:window.external.AddFavorite('http://www.gdfupin.org.cn')">加入收藏</a> 今天是:<script>document.write(today())</script></td></tr>
<tr><td colspan="2"><img src="images/banner.jpg" width="1000" height="160" /></td></tr>
<tr><td colspan="2"><table width="100%" class="nav"><tr>
% for number, word in enumerate(("扶贫要闻", "部门动态", "协会新闻", "定点连线", "地市联播", "对口帮扶", "会员快讯", "高层连线", "省外要闻", "国际交流"), 21):
<td align="center"><a href="news_list.asp?typeid=${number}">${word}</a></td>
% endfor
</tr></table></td></tr>
</table>
<table width="1000" border="0" align="center" cellpadding="0" cellspacing="0">
<tr>
<td width="210" valign="top" bgcolor="#f4f8ee"><table width="100%"><tr><td class="bt">图片新闻</td></tr>
<tr><td><img src="images/pic1.jpg" width="180" /><br />驻村干部帮群众收割</td></tr><tr><td class="bt">热点专题</td></tr>
<tr><td><a href="zt.asp?id=3">扶贫开发“规划到户责任到人”</a></td></tr><tr><td><a href="zt.asp?id=5">广东扶贫济困日</a></td></tr></table></td>
<td width="790" valign="top">
${self.body()}
</td></tr></table>
<table width="1000" border="0" align="center"><tr><td align="center" class="foot">
欢迎访问广东扶贫网<br />
<a href="#">设为首页</a> | <a href="#">加入收藏</a> | <a href="map.asp">站点地图</a> | <a href="about.asp">关于我们</a> | <a href="copyright.asp">版权申明</a> | <a href="job.asp">招聘启事</a> |<br />
流量统计:<img src="count.gif" /><br />
版权所有:广东省扶贫开发协会  Copyright &copy; 2009 www.gdfupin.org.cn All Rights Reserved      ICP号:粤ICP备00000000号<br />
主办:广东省扶贫开发协会      主管:广东省扶贫开发办公室      内容支持:《广东扶贫》编辑部<br />
地址:广州市先烈东路某号大院2号楼      邮编:510000      电话:020-00000000    传真:020-00000001    捐赠热线:020-00000002
</td></tr></table>
</body>
</html>
