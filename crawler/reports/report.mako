<%def name="event(one, head='', mark='')">
<li>
<p class="line">${head}${one.line}\
% if mark:
 <b class="mark">${mark}</b>\
% endif
</p>
% for quote in one.quotes:
<blockquote>${quote.text}
<cite>\
% if quote.url:
<a href="${quote.url}" rel="noreferrer noopener nofollow">${quote.title or quote.url}</a>\
% else:
${quote.title}\
% endif
 · ${quote.source or quote.portal}</cite></blockquote>
% endfor
</li>
</%def>\
<%def name="more(count)">
% if count > 0:
<p class="more">and ${count} more: <code>scrapy export</code></p>
% endif
</%def>\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>duikou: ${report.title}</title>
<style>
:root { --paper: #fbfaf8; --card: #fff; --ink: #1d1d1b; --soft: #68665f; --line: #dedad2; --link: #0b5a8a;
  --good: #2c7a4b; --bad: #b3261e; --odd: #9a6700; --none: #b9b5ab; }
@media (prefers-color-scheme: dark) { :root { --paper: #15161a; --card: #1e2026; --ink: #e9e7e1; --soft: #a09d94;
  --line: #363841; --link: #7cc0ee; --good: #67c08b; --bad: #ff8a80; --odd: #e0b04b; --none: #5a5c64; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 52rem; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.35rem; margin: .4rem 0 0; } h2 { font-size: 1.05rem; margin: 2rem 0 .6rem; }
h1 small { display: block; font-weight: 400; color: var(--soft); font-size: .9rem; }
.sample { background: var(--odd); color: var(--paper); padding: .3rem .6rem; border-radius: .3rem; }
.sums { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; list-style: none; margin: 1rem 0 0; }
.sums li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .4rem .8rem; }
.sums b { display: block; font-size: 1.3rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.sums span { color: var(--soft); font-size: .85rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .9rem; margin: .5rem 0; }
.card p { margin: .15rem 0; } .fails { border-left: .3rem solid var(--bad); } .over { border-left: .3rem solid var(--good); }
.soft, cite, .more { color: var(--soft); font-size: .88rem; font-style: normal; }
.days { display: flex; gap: 2px; margin: .35rem 0; } .days i { flex: 1; max-width: 1.6rem; height: 1.5rem; border-radius: 3px;
  font: 600 .72rem/1.5rem system-ui, sans-serif; text-align: center; color: var(--card); background: var(--none); }
.days .news { background: var(--good); } .days .no-news { background: none; border: 1px solid var(--good); color: var(--good); }
.days .layout-broke, .days .site-down, .days .failed { background: var(--bad); } .days .unfinished { background: var(--odd); }
.key { display: flex; flex-wrap: wrap; gap: .2rem .9rem; } .word.bad { color: var(--bad); } .word.good { color: var(--good); }
ul.events { list-style: none; padding: 0; margin: 0; } ul.events > li { border-top: 1px solid var(--line); padding: .6rem 0; }
.line { margin: 0; font-weight: 600; } .mark { color: var(--odd); font-size: .85rem; }
blockquote { margin: .35rem 0 0; padding-left: .7rem; border-left: 2px solid var(--line); } cite { display: block; }
a { color: var(--link); } .tag { background: var(--line); border-radius: .3rem; padding: 0 .4rem; font-weight: 400; font-size: .85rem; }
table { border-collapse: collapse; font-size: .9rem; } td { padding: .1rem .8rem .1rem 0; vertical-align: top; }
@media print { body { background: #fff; } .card, ul.events > li { break-inside: avoid; } }
</style>
</head>
<body>
% if report.sample:
<p class="sample">Sample data: people and figures are invented.</p>
% endif
<h1>${report.title}<small>made ${made}, times of Shanghai</small></h1>
<ul class="sums">
<li><b>${report.counted['events']}</b><span>new events</span></li>
<li><b>${report.counted['corrections']}</b><span>corrected</span></li>
<li><b>${len(report.hits)}</b><span>watchlist hits</span></li>
<li><b>${len(report.failing)}</b><span>failing monitors</span></li>
<li><b>${report.counted['runs']}</b><span>runs</span></li>
</ul>

% if report.failing or report.over:
<h2>Monitors</h2>
% for one in report.failing:
<div class="card fails"><p><b>${one.portal}</b>: ${one.message}</p><p class="soft">since ${when(one.opened_at)}, last seen ${when(one.seen_at)}\
% if one.folder:
; ready case: <code>${one.folder}</code>\
% endif
</p></div>
% endfor
% for one in report.over:
<div class="card over"><p><b>${one.portal}</b>: over: ${one.message}</p><p class="soft">${when(one.opened_at)} to ${when(one.closed_at)}</p></div>
% endfor
% endif

<h2>Portals</h2>
% for health in report.portals:
<div class="card">
<p><b>${health.name}</b> ${health.title} <span class="word ${'good' if health.word in ('news', 'no news', 'back-fill') else 'bad'}">${health.word}\
${': ' + health.why if health.why else ''}</span></p>
<div class="days">
% for day, word, why in health.days:
<i class="${word.replace(' ', '-')}" title="${day}: ${word}${': ' + why if why else ''}">${signs[word]}</i>
% endfor
</div>
<p class="soft">runs ${health.runs}\
% for key in figures:
% if health.figures[key]:
 · ${labels[key]} ${health.figures[key]}\
% endif
% endfor
</p>
</div>
% endfor
<p class="soft key">\
% for word, sign in signs.items():
<span>${sign} ${word}</span> \
% endfor
</p>

% if report.hits:
<h2>Watchlist hits</h2>
<ul class="events">
% for hit in report.hits:
${event(hit.happening, head='[' + hit.watch + '] ', mark='' if hit.new else 'corrected')}
% endfor
</ul>
% endif

<h2>New events</h2>
% if report.events:
<ul class="events">
% for one in report.events:
${event(one)}
% endfor
</ul>
${more(report.counted['events'] - len(report.events))}
% else:
<p class="soft">None.</p>
% endif

% if report.corrections:
<h2>Corrected events</h2>
<ul class="events">
% for one in report.corrections:
<li><p class="line">${one.happening.line}</p><table>
% for name, old, new in one.fields:
<tr><td class="soft">${name}</td><td>${old} → ${new}</td></tr>
% endfor
</table></li>
% endfor
</ul>
${more(report.counted['corrections'] - len(report.corrections))}
% endif

% for channel, count, error in report.unsent:
<p class="soft">${count} notices wait for ${channel}${': ' + error if error else ''}</p>
% endfor
</body>
</html>
