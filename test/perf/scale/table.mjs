// The figures as a Markdown table, each with its limit, and what of them is missed.
export const LIST_LIMIT_MS = 300;
export const RESIDENT_LIMIT_MB = 300;

const ms = (value) => value.toFixed(1);
const times = (value) => (value === undefined ? '' : `${value.toFixed(2)} ×`);
const count = (value) => Math.round(value).toLocaleString('en');

/** Prints line by line, so that what was measured is there when the rest is not. */
export class Table {
  missed = [];
  /** of all lists of tenants together, of number 1 and of number 1,000 */
  quickest = [0, 0];
  worst = { name: '', p95: 0 };

  constructor(print = console.log) {
    this.print = print;
    print('| | p50 ms | p95 ms | number 1,000 ÷ number 1 | limit | |');
    print('|---|---|---|---|---|---|');
  }

  row(name, cells, isMet) {
    if (isMet === false) this.missed.push(name);
    const mark = isMet === undefined ? '' : isMet ? '✓' : '✗';
    this.print(`| ${[name, ...cells, mark].join(' | ')} |`);
  }

  list({ list, label }, { p50, p95, ratio, isEven, quickest }, ratioLimit) {
    if (ratio !== undefined) quickest.forEach((value, index) => (this.quickest[index] += value));
    if (p95 > this.worst.p95) this.worst = { name: `\`${list}\` ${label}`, p95 };
    const limit = `< ${LIST_LIMIT_MS} ms${ratio === undefined ? '' : `, ≤ ${ratioLimit} ×`}`;
    this.row(`\`${list}\` ${label}`, [ms(p50), ms(p95), times(ratio), limit], p95 < LIST_LIMIT_MS && isEven);
  }

  lists(ratioLimit) {
    const ratio = this.quickest[1] / this.quickest[0];
    this.row(
      `**all lists**, slowest ${this.worst.name}`,
      ['', ms(this.worst.p95), times(ratio), `≤ ${ratioLimit} ×`],
      ratio <= ratioLimit,
    );
  }

  /** A list's filters in all its other orders: in a line, the slowest of them. */
  crossed(list, measured) {
    const worst = measured.reduce((one, other) => (other.p95 > one.p95 ? other : one));
    const name = `\`${list}\` filters × other orders: ${measured.length}, slowest ${worst.label}`;
    this.row(name, [ms(worst.p50), ms(worst.p95), '', `< ${LIST_LIMIT_MS} ms`], worst.p95 < LIST_LIMIT_MS);
  }

  rate({ name, rows, perSecond, milliseconds }) {
    const figure = perSecond ? `${count(perSecond)} rows/s` : `${count(milliseconds)} ms`;
    this.row(`${name}: ${figure}`, ['', '', '', `${count(rows)} rows`]);
  }

  /** Others on the machine disturb the one or the other; what has become slower is so in both. */
  token({ name, full, empty, slower, dearer }, limit) {
    const rates = `${count(full.perSecond)} /s, empty ${count(empty.perSecond)} /s`;
    const costs = `${count(full.cpuMicroseconds)} µs, empty ${count(empty.cpuMicroseconds)} µs`;
    const cells = [
      ms(full.p50),
      '',
      `${times(slower)} time, ${times(dearer)} processor`,
      `≤ ${limit} × of an empty database`,
    ];
    this.row(`${name}: ${rates}; ${costs}`, cells, Math.min(slower, dearer) <= limit);
  }

  memory(after, most) {
    const cells = ['', '', '', `< ${RESIDENT_LIMIT_MB} MB`];
    this.row(`resident memory: ${after} MB, at most ${most} MB`, cells, after < RESIDENT_LIMIT_MB);
  }

  plans({ count: looked, findings }) {
    this.row(
      `sequential scans of large tables in ${count(looked)} plans: ${findings.size}`,
      ['', '', '', '0'],
      findings.size === 0,
    );
    for (const [statement, labels] of findings)
      this.print(`\n✗ ${statement}\n  ${[...new Set(labels)].slice(0, 5).join('\n  ')}`);
  }
}
