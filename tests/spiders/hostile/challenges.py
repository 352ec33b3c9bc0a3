"""What Chinese and other firewalls answer instead of a page: imitations, each true to form, none copied."""

from __future__ import annotations

META = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
CALLED = "<script>" + "var _0x=function(a){return a^37};" * 60 + "</script>"

# name: (status, body)
CHALLENGES: dict[str, tuple[int, str]] = {
    "riversafe-412": (
        412,
        '<!DOCTYPE html><html><head><meta id="9DhefwqGPrzG" content="sYkG1w" r="m"><script r="m">'
        "$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=31337;$_ts.cd=\"qEqErrAlE1\";</script>"
        f'<script src="/9Bf2/aGk1.dfe1675.js" r="m"></script></head><body>{CALLED}</body></html>',
    ),
    "riversafe-200": (
        200,
        f"<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={{}};</script>{CALLED}</head></html>",
    ),
    "unknown-412": (412, f"<html><head>{CALLED}</head><body></body></html>"),
    "jiasule-521": (
        521,
        "<script>document.cookie=('_')+('_')+('j')+('s')+('l')+('_')+('c')+('=')+(-~[]+'')+(3+3+'')+('|');"
        "location.href=location.pathname+location.search</script>",
    ),
    "jiasule-second-521": (
        521,
        '<script>function go(a){}; go({"bts":["1600000000.1|0|a","b"],"tn":"__jsl_clearance_s","vt":"3600"})</script>',
    ),
    "aliyun-cookie-200": (
        200,
        "<html><script>var arg1='F5552FD5A2B3C4D5E6F708192A3B4C5D6E7F8091';function setCookie(n,v){"
        "document.cookie=n+'='+v;}function reload(x){setCookie('acw_sc__v2',x);document.location.reload();}</script>",
    ),
    "aliyun-slider-405": (
        405,
        f"<html><head>{META}<title>405</title></head><body><div id='block_message'>很抱歉,由于您访问的"
        "URL有可能对网站造成安全威胁,您的访问被阻断。</div><a href='https://errors.aliyun.com/'></a></body></html>",
    ),
    "aliyun-slider-200": (
        200,
        f"<html><head>{META}<title>滑动验证页面</title></head><body><p>请按住滑块,拖动到最右边</p><p>通过验证以确保正常访问"
        "</p><script src='//g.alicdn.com/sd/nch5/index.js'></script></body></html>",
    ),
    "knownsec-403": (
        403,
        f"<html><head>{META}<title>创宇盾</title></head><body><h1>当前访问疑似黑客攻击,已被网站管理员设置为拦截</h1>"
        "<a href='https://www.yunaq.com/'>创宇盾</a></body></html>",
    ),
    "safedog-200": (
        200,
        f"<html><head>{META}<title>网站防火墙</title></head><body><p>您的请求带有不合法参数,已被网站管理员设置拦截!</p>"
        "<p>可能原因:您提交的内容包含危险的攻击请求</p><a href='http://404.safedog.cn/'>网站安全狗</a></body></html>",
    ),
    "yunjiasu-503": (
        503,
        f"<html><head>{META}<title>请稍候...</title></head><body>"
        "<script src='/cdn-cgi/bm/cv/yjs_js_security_passport.js'></script><p>百度云加速正在检查您的浏览器</p>",
    ),
    "cloudflare-403": (
        403,
        "<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={cvId:'3'};var a=document."
        "createElement('script');a.src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1';</script></body></html>",
    ),
    "tencent-200": (
        200,
        f"<html><head>{META}<title>腾讯云</title></head><body><iframe src='https://waf-static.tencent.com/501page.html'>"
        "</iframe></body></html>",
    ),
    "captcha-200": (
        200,
        f"<html><head>{META}<title>请输入验证码</title></head><body><form><p>为了您的访问安全,请输入验证码继续访问</p>"
        "<img src='/captcha'><input name='code'><button>提交</button></form></body></html>",
    ),
    "too-often-200": (
        200,
        f"<html><head>{META}<title>提示信息</title></head><body><p>访问过于频繁,请稍后再试!</p></body></html>",
    ),
    "ip-banned-200": (
        200,
        f"<html><head>{META}</head><body>您的IP(203.0.113.7)已被系统封禁,如有疑问请联系管理员。</body></html>",
    ),
    "json-200": (200, '{"code":403,"msg":"您的访问过于频繁,请稍后再试","data":null}'),
    "unknown-cookie-200": (
        200,
        f"<html><body>{CALLED}<script>document.cookie='guard='+_0x(7)+';path=/';window.location.reload();</script>",
    ),
}  # fmt: skip
