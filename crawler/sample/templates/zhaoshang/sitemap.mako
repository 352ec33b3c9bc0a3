<?xml version="1.0" encoding="${charset}"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
% for entry in listing.entries:
<url><loc>${entry.url}</loc><lastmod>${entry.published.strftime("%Y-%m-%d")}</lastmod></url>
% endfor
</urlset>
