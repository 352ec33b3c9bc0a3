<%inherit file="frame.mako"/>
<%! import json %>
<div id="app" class="post_main"><noscript>请启用JavaScript后浏览本页</noscript></div>
<script>
window.BASE_DATA = {"articleInfo": {"docid": "${article.id}", "title": ${json.dumps(article.title, ensure_ascii=False) | n}, "ptime": "${article.published.isoformat(" ")}", "source": ${json.dumps(article.source, ensure_ascii=False) | n}, "content": ${json.dumps("".join(f"<p>{paragraph}</p>" for paragraph in (*article.body, *article.footer)), ensure_ascii=False).replace("</", "<\\/") | n}}, "tie": {"count": 0}};
</script>
<script src="/static/js/render.js"></script>
