
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const M = data.meetings, N = M.meeting_id.length, PAGE = 100;
  const LEVELS = {1: "leaders", 2: "ministers", 3: "chiefs of defence", 4: "vice-ministers", 5: "service chiefs", 6: "directors-general", 7: "working level", 8: "not known"};
  const SVG = "http://www.w3.org/2000/svg";
  const $ = (id) => document.getElementById(id);
  const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);
  const label = (list, code) => own(own(data.labels, list) || {}, code) || code;
  const partnerName = (code) => own(data.names.partners, code) || code;
  const kind = (i) => (M.is_contact[i] ? "contact" : M.status[i] === "proposed" || M.status[i] === "planned" ? "open" : "nothing");
  const year = (day) => Math.floor(day / 10000);

  // Everything on the page is built here, from text: no markup is ever parsed.
  const element = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined).map((child) => (child instanceof Node ? child : String(child))));
    return node;
  };
  const drawn = (name, attributes, text) => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const link = (address, text) => (/^https?:\/\//i.test(address || "") ? element("a", {href: address, rel: "noopener noreferrer"}, text) : element("span", {}, text));

  const who = (i) => data.participants[i].filter((p) => p[4] !== "delegation" && p[4] !== "present").map((p) => p[0] || p[3]).filter(Boolean);
  const haystack = Array.from({length: N}, (_, i) => [
    M.meeting_id[i], M.city[i], M.venue[i], M.summary[i], own(data.names.mechanisms, M.mechanism_id[i]), own(data.names.occasions, M.occasion_id[i]),
    ...M.partners[i], ...M.partners[i].map(partnerName), ...data.participants[i].flatMap((p) => [p[0], p[1], p[3]]),
    ...data.topics[i].map((t) => label("topics", t[0])),
  ].filter(Boolean).join(" ").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase());
  const topicsOf = Array.from({length: N}, (_, i) => new Set(data.topics[i].map((t) => t[0])));

  const FILTERS = ["q", "partner", "status", "level", "topic", "mechanism", "from", "to", "sides", "scope"];
  let shown = [], page = 0, sort = {by: "date", down: true}, chosen = null;

  function options(id, entries, any) {
    const select = $(id);
    if (any) select.append(element("option", {value: ""}, any));
    for (const [value, text] of entries) select.append(element("option", {value}, text));
  }
  function tally(values) {
    const counts = new Map();
    for (const value of values) if (value !== null) counts.set(value, (counts.get(value) || 0) + 1);
    return counts;
  }
  function fill() {
    const named = (counts, name) => [...counts].map(([code, n]) => [code, `${name(code)} (${n})`]).sort((a, b) => a[1].localeCompare(b[1], "en"));
    options("partner", named(tally(M.partners.flat()), partnerName), "any");
    const statuses = tally(M.status);
    options("status", [["+contact", "all contacts"], ["+nothing", "all that came to nothing"], ...Object.keys(data.labels.statuses).filter((code) => statuses.has(code)).map((code) => [code, `${label("statuses", code)} (${statuses.get(code)})`])], "any");
    options("level", [...tally(M.level)].sort((a, b) => a[0] - b[0]).map(([level, n]) => [level, `${LEVELS[level]} (${n})`]), "any");
    options("topic", named(tally(topicsOf.flatMap((set) => [...set])), (code) => label("topics", code)), "any");
    options("mechanism", named(tally(M.mechanism_id), (code) => own(data.names.mechanisms, code) || code), "any");
    options("sides", [["two", "both sides' accounts"], ["prc", "PRC account only"], ["partner", "partner account only"], ["neither", "neither side's account"]], "any");
    options("scope", [["core", "core"], ["context", "context"], ["all", "core and context"]]);
  }

  const values = () => Object.fromEntries(FILTERS.map((id) => [id, $(id).value.trim()]));
  function select() {
    const f = values(), words = f.q.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().split(/\s+/).filter(Boolean);
    const from = Number(f.from) || 0, to = Number(f.to) || 9999, level = Number(f.level);
    shown = [];
    for (let i = 0; i < N; i++) {
      if (f.scope !== "all" && M.scope[i] !== f.scope) continue;
      if (f.partner && !M.partners[i].includes(f.partner)) continue;
      if (f.status && (f.status[0] === "+" ? kind(i) !== f.status.slice(1) : M.status[i] !== f.status)) continue;
      if (level && M.level[i] !== level) continue;
      if (f.topic && !topicsOf[i].has(f.topic)) continue;
      if (f.mechanism && M.mechanism_id[i] !== f.mechanism) continue;
      if ((f.from || f.to) && !((M.start[i] || M.end[i]) && (!M.end[i] || year(M.end[i]) >= from) && (!M.start[i] || year(M.start[i]) <= to))) continue;
      if (f.sides) {
        const side = M.two_sided[i] ? "two" : M.has_prc_account[i] ? "prc" : M.has_partner_account[i] ? "partner" : "neither";
        if (side !== f.sides) continue;
      }
      if (!words.every((word) => haystack[i].includes(word))) continue;
      shown.push(i);
    }
    const keys = {date: (i) => M.start[i] || M.end[i] || 0, partner: (i) => M.partners[i].map(partnerName).join(), status: (i) => M.status[i], level: (i) => M.level[i]};
    const key = keys[sort.by], turn = sort.down ? -1 : 1;
    shown.sort((a, b) => { const x = key(a), y = key(b); return (x < y ? -1 : x > y ? 1 : 0) * turn || a - b; });
  }

  function table() {
    const pages = Math.max(1, Math.ceil(shown.length / PAGE));
    page = Math.min(page, pages - 1);
    const rows = shown.slice(page * PAGE, page * PAGE + PAGE).map((i) => {
      const open = element("button", {type: "button", class: "open-record", "data-index": i}, M.date_edtf[i] || (M.intended[i] ? `for ${M.intended[i]}` : "no date"));
      open.setAttribute("aria-label", `${open.textContent}, ${M.partners[i].map(partnerName).join(", ")}, ${label("statuses", M.status[i])}: open the record`);
      const where = [M.city[i] || (M.country[i] ? partnerName(M.country[i]) : null), label("modes", M.mode[i])].filter(Boolean).join(", ");
      return element("tr", {class: i === chosen ? "chosen" : null}, element("td", {}, open), element("td", {}, M.partners[i].map(partnerName).join(", ")),
        element("td", {class: kind(i)}, label("statuses", M.status[i])), element("td", {}, LEVELS[M.level[i]]), element("td", {}, who(i).join(", ")), element("td", {}, where));
    });
    $("rows").replaceChildren(...rows);
    $("page").textContent = `page ${page + 1} of ${pages}`;
    $("before").disabled = page === 0;
    $("after").disabled = page >= pages - 1;
    for (const button of document.querySelectorAll("[data-sort]")) {
      button.closest("th").setAttribute("aria-sort", button.dataset.sort !== sort.by ? "none" : sort.down ? "descending" : "ascending");
    }
  }

  function charts() {
    const W = Math.max($("bars").clientWidth, 300), H = 150, left = 34, bottom = 18, dated = shown.filter((i) => M.start[i] || M.end[i]);
    const at = (i) => M.start[i] || M.end[i];
    let low = 9999, high = 0;
    for (const i of dated) { low = Math.min(low, year(at(i))); high = Math.max(high, year(at(i))); }
    for (const id of ["bars", "dots"]) { $(id).replaceChildren(); $(id).setAttribute("viewBox", `0 0 ${W} ${H}`); }
    if (!dated.length) { $("bars-text").textContent = $("dots-text").textContent = "No dated record is selected."; return; }
    const span = high - low + 1, width = (W - left) / span, x = (y) => left + (y - low) * width;
    const step = [1, 2, 5, 10, 25].find((s) => span / s <= 12) || 50;
    const counts = {contact: new Array(span).fill(0), nothing: new Array(span).fill(0), open: new Array(span).fill(0)};
    const dots = {contact: [], nothing: [], open: []};
    for (const i of dated) {
      const day = at(i), y = year(day), k = kind(i);
      counts[k][y - low]++;
      const across = x(y) + width * ((Math.floor(day / 100) % 100 - 1) / 12 + (day % 100) / 372);
      const cx = across.toFixed(1), cy = 9 + (M.level[i] - 1) * 16;
      dots[k].push({contact: `M${cx} ${cy}h.01`, nothing: `M${cx - 3} ${cy - 3}l6 6m0-6l-6 6`, open: `M${cx} ${cy - 4}l4 4l-4 4l-4-4z`}[k]);
    }
    const most = Math.max(...counts.contact.map((n, j) => n + counts.nothing[j] + counts.open[j]));
    const axis = (svg) => {
      svg.append(drawn("line", {class: "axis", x1: left, x2: W, y1: H - bottom, y2: H - bottom}));
      for (let y = Math.ceil(low / step) * step; y <= high; y += step) svg.append(drawn("text", {x: x(y) + width / 2, y: H - 4, "text-anchor": "middle"}, y));
    };
    for (let j = 0; j < span; j++) {
      let base = H - bottom;
      for (const k of ["contact", "nothing", "open"]) {
        const tall = counts[k][j] / most * (H - bottom - 12);
        if (!tall) continue;
        base -= tall;
        $("bars").append(drawn("rect", {class: k, x: x(low + j) + width * 0.08, y: base, width: width * 0.84, height: tall}));
      }
    }
    $("bars").append(drawn("text", {x: left - 4, y: 12, "text-anchor": "end"}, most));
    axis($("bars"));
    for (const k of ["open", "nothing", "contact"]) if (dots[k].length) $("dots").append(drawn("path", {class: `dots ${k}`, d: dots[k].join("")}));
    for (let level = 1; level <= 8; level++) $("dots").append(drawn("text", {x: left - 8, y: 13 + (level - 1) * 16, "text-anchor": "end"}, level < 8 ? level : "?"));
    axis($("dots"));
    const sum = (list) => list.reduce((a, b) => a + b, 0);
    $("bars-text").textContent = `${low} to ${high}: ${sum(counts.contact)} contacts, ${sum(counts.nothing)} that came to nothing, ${sum(counts.open)} asked or planned; at most ${most} in one year.`;
    $("dots-text").textContent = `Each dated record by date and level, 1 leaders to 7 working level, ? not known.`;
  }

  const list = (items) => (items.length ? element("ul", {}, ...items.map((item) => element("li", {}, item))) : element("p", {}, "none on record"));
  const side = (code) => (code === "CHN" ? "China" : partnerName(code));
  function source(id) {
    const page = own(data.articles, id);
    return page ? link(page[3], `${page[1] || id}${page[2] ? `, ${page[2]}` : ""}`) : element("span", {}, id);
  }
  const grid = (heads, rows) => element("table", {}, element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", {scope: "col"}, head)))),
    element("tbody", {}, ...rows.map((row) => element("tr", {class: row.class}, ...row.cells.map((cell) => element("td", {}, cell))))));
  function topics(i) {
    // One row for each topic, raiser and account, with all pages that say so.
    const rows = new Map();
    for (const [topic, by, account, article] of data.topics[i]) {
      const key = JSON.stringify([topic, by, account]);
      if (!rows.has(key)) rows.set(key, {topic: label("topics", topic), by: side(by), account: side(account), pages: element("span")});
      const {pages} = rows.get(key);
      if (pages.childNodes.length) pages.append("; ");
      pages.append(source(article));
    }
    const sorted = [...rows.values()].sort((a, b) => a.topic.localeCompare(b.topic, "en") || a.account.localeCompare(b.account, "en"));
    return sorted.length ? grid(["Topic", "Raised by", "Account of", "Pages"], sorted.map((row) => ({cells: [row.topic, row.by, row.account, row.pages]}))) : list([]);
  }
  function facts(i) {
    const date = (M.date_edtf[i] || "not known") + (M.date_precision[i] === "within" ? " (one day between these)" : "");
    return [
      ["status", label("statuses", M.status[i]) + (M.contested[i] ? ", contested" : "") + (M.downgraded[i] ? ", downgraded" : "")],
      ["date", date], ["intended for", M.intended[i]], ["partners", M.partners[i].map(partnerName).join(", ")], ["scope", M.scope[i]],
      ["mode", label("modes", M.mode[i])], ["setting", label("settings", M.setting[i])],
      ["place", [M.venue[i], M.city[i], M.country[i] && partnerName(M.country[i])].filter(Boolean).join(", ")],
      ["level", LEVELS[M.level[i]] + (M.is_contact[i] ? ` (PRC: ${LEVELS[M.prc_level[i]]}; partner: ${LEVELS[M.partner_level[i]]})` : " (sought)")],
      ["mechanism", M.mechanism_id[i] && (own(data.names.mechanisms, M.mechanism_id[i]) || M.mechanism_id[i]) + (M.round[i] ? `, round ${M.round[i]}` : "")],
      ["occasion", M.occasion_id[i] && (own(data.names.occasions, M.occasion_id[i]) || M.occasion_id[i])],
      ["asked for by", M.requested_by[i].map(side).join(", ")], ["ended by", M.ended_by[i].map(side).join(", ")],
      ["reasons", M.reasons[i].map((code) => label("reasons", code)).join(", ")],
      ["attempts", M.aggregate[i] ? M.n_attempts[i] || "several" : null],
      ["outcomes", data.outcomes[i].map((o) => label("outcomes", o[0])).join(", ")],
      ["accounts", M.two_sided[i] ? "both sides" : M.has_prc_account[i] ? "PRC only" : M.has_partner_account[i] ? "partner only" : "neither side"],
      ["publishers", M.n_publishers[i]], ["summary", M.summary[i]], ["cautions", M.notes[i]],
    ].filter(([, value]) => value !== null && value !== undefined && value !== "");
  }
  function detail(i, focus) {
    const box = $("detail");
    chosen = i;
    document.body.classList.toggle("with-detail", i !== null);
    if (i === null) { box.hidden = true; box.replaceChildren(); return; }
    const id = M.meeting_id[i], address = data.about.address;
    const cite = element("textarea", {readonly: true, "aria-label": "Citation of this record", id: "citation"});
    cite.value = `${data.about.citation} Record ${id}.`;
    const button = element("button", {type: "button", id: "cite"}, "Cite this record");
    const citation = element("div", {hidden: true}, cite);
    button.addEventListener("click", () => { citation.hidden = !citation.hidden; if (!citation.hidden) { cite.focus(); cite.select(); } });
    const close = element("button", {type: "button", class: "close"}, "Close");
    close.addEventListener("click", shut);
    const conflicts = data.evidence[i].filter((e) => e[4]).length;
    const evidence = [...data.evidence[i]].sort((a, b) => a[0].localeCompare(b[0], "en") || a[4] - b[4]);
    const parts = [close, element("h2", {tabindex: "-1"}, id),
      element("dl", {}, ...facts(i).flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])),
      element("h3", {}, "Participants"),
      list(data.participants[i].map((p) => `${p[0] || p[1] || p[4]}${p[3] ? `, ${p[3]}` : ""} (${side(p[2])}, ${label("roles", p[4]).toLowerCase()})`)),
      element("h3", {}, "Topics"),
      topics(i),
      data.status_history[i].length ? element("h3", {}, "History") : null,
      data.status_history[i].length ? list(data.status_history[i].map((s) => element("span", {}, `${label("statuses", s[0])}${s[1] ? `, ${s[1]}` : ""}${s[2] ? `, by ${side(s[2])}` : ""}, `, source(s[3])))) : null,
      data.links[i].length ? element("h3", {}, "Related records") : null,
      data.links[i].length ? list(data.links[i].map((l) => element("span", {}, `${label("link_types", l[0])} `, element("a", {href: `#record=${encodeURIComponent(l[1])}`}, l[1])))) : null,
      element("h3", {}, `Evidence (${conflicts ? `${conflicts} in conflict` : "no conflict"})`),
      grid(["Field", "Value", "Account", "Page"], evidence.map((e) => ({class: e[4] ? "conflict" : null, cells: [e[0], e[4] ? `${e[1]} (conflicts)` : e[1], side(e[3]), source(e[2])]}))),
      element("h3", {}, "Pages read"),
      list([...new Set(data.evidence[i].map((e) => e[2]))].sort().map((article) => {
        const page = own(data.articles, article) || [];
        return element("span", {}, link(page[3], page[0] || article), `, ${[page[1], page[2], label("source_types", page[4]).toLowerCase(), page[5] === "excerpt" ? "read as an excerpt" : null].filter(Boolean).join(", ")}`);
      })),
      element("p", {}, button, " ", element("a", {href: `#record=${encodeURIComponent(id)}`, id: "permalink"}, "Permalink")), citation,
      M.coder_kind[i] === "language_model" ? element("p", {}, "Coded with language-model assistance. ", link(address, "Correct this record")) : element("p", {}, link(address, "Correct this record"))];
    box.replaceChildren(...parts.filter((part) => part !== null));
    box.hidden = false;
    if (focus) box.querySelector("h2").focus();
  }
  function shut() {
    const row = document.querySelector(`[data-index="${chosen}"]`);
    detail(null); remember(); table();
    (row ? document.querySelector(`[data-index="${row.dataset.index}"]`) || $("results") : $("results")).focus();
  }

  const quoted = (value) => {
    let text = value === null || value === undefined ? "" : Array.isArray(value) ? value.join("|") : String(value);
    if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`; // a spreadsheet would run it
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  function csv() {
    const columns = Object.keys(M).filter((name) => !["start", "end", "intended"].includes(name));
    const lines = [[...columns, "topics"].join(","), ...shown.map((i) => [...columns.map((name) => quoted(M[name][i])), quoted([...topicsOf[i]])].join(","))];
    const address = URL.createObjectURL(new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], {type: "text/csv"}));
    const anchor = element("a", {href: address, download: `china-defence-dialogues-${data.about.version}-selection.csv`});
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  // The address carries the filters and the record, so that a link leads back to the same view.
  function remember() {
    const state = new URLSearchParams();
    for (const [id, value] of Object.entries(values())) if (value && !(id === "scope" && value === "core")) state.set(id, value);
    if (chosen !== null) state.set("record", M.meeting_id[chosen]);
    history.replaceState(null, "", `#${state}`);
  }
  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));
    const index = state.has("record") ? M.meeting_id.indexOf(state.get("record")) : -1;
    for (const id of FILTERS) $(id).value = state.get(id) || (id === "scope" ? (index >= 0 && M.scope[index] === "context" ? "all" : "core") : "");
    for (const id of FILTERS) if ($(id).tagName === "SELECT" && $(id).selectedIndex < 0) $(id).selectedIndex = 0;
    detail(index >= 0 ? index : null, false);
    last = JSON.stringify(values());
    show();
    if (index >= 0) {
      const place = shown.indexOf(index);
      if (place >= 0) { page = Math.floor(place / PAGE); table(); }
    }
  }
  function show() {
    const begun = performance.now();
    select();
    table();
    charts();
    const counted = shown.filter((i) => !M.aggregate[i]), n = (k) => counted.filter((i) => kind(i) === k).length;
    $("count").textContent = `${shown.length} of ${N} records: ${n("contact")} contacts, ${n("nothing")} that came to nothing, ${n("open")} asked or planned`
      + (shown.length > counted.length ? `, ${shown.length - counted.length} aggregates of undated attempts` : "");
    document.documentElement.dataset.milliseconds = (performance.now() - begun).toFixed(1);
  }
  // Browsers tell of a choice by `input`, `change` or both: what counts is whether a filter has another value.
  let last = "";
  const change = () => {
    const now = JSON.stringify(values());
    if (now === last) return;
    last = now; page = 0; show(); remember();
  };

  fill();
  $("filters").addEventListener("input", change);
  $("filters").addEventListener("change", change);
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("reset", () => setTimeout(change));
  $("csv").addEventListener("click", csv);
  $("before").addEventListener("click", () => { page--; table(); });
  $("after").addEventListener("click", () => { page++; table(); });
  for (const button of document.querySelectorAll("[data-sort]")) button.addEventListener("click", () => {
    sort = {by: button.dataset.sort, down: sort.by === button.dataset.sort ? !sort.down : button.dataset.sort === "date"};
    show();
  });
  $("rows").addEventListener("click", (event) => {
    const index = event.target.closest("tr")?.querySelector("[data-index]")?.dataset.index;
    if (index !== undefined) { detail(Number(index), true); remember(); table(); }
  });
  $("rows").addEventListener("keydown", (event) => {
    const row = event.target.closest("tr"), next = {ArrowDown: row?.nextElementSibling, ArrowUp: row?.previousElementSibling}[event.key];
    if (next) { next.querySelector("button").focus(); event.preventDefault(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chosen !== null) shut();
    if (event.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) { $("q").focus(); event.preventDefault(); }
  });
  addEventListener("hashchange", recall);
  addEventListener("resize", charts);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const themed = () => {
    const on = (document.documentElement.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
    $("theme").textContent = on ? "Light" : "Dark";
    $("theme").setAttribute("aria-pressed", String(on));
  };
  $("theme").addEventListener("click", () => { document.documentElement.dataset.theme = $("theme").textContent.toLowerCase(); themed(); });
  dark.addEventListener("change", themed);
  themed();
  $("about").replaceChildren(`${data.about.citation} Data: ${data.about.licence}. Records were coded with language-model assistance from stored copies of public pages; unknown means not stated in any source seen.`);
  $("from").placeholder = String(year(Math.min(...M.start.filter(Boolean), 99999999)));
  $("to").placeholder = String(year(Math.max(...M.end.filter(Boolean), 0)));
  recall();
})();
