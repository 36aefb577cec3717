// Times every list with each filter and order, for both large tenants in turn, and follows it far down.
import { LIST_LIMIT_MS } from './table.mjs';
import { addressOf, filterValues, isOfTheInstallation, listOperations } from './operations.mjs';

const REPETITIONS = 20;
/** A filter in another order than the list's own is looked at, not compared: what matters there is its plan. */
const CROSS_REPETITIONS = 3;
const ROUNDS = 5;
/** A case that takes longer is measured by fewer requests. */
const CASE_MS = 2_000;
const DEEP_PAGES = 50;
const DEEP_LIMIT = 200;
export const RATIO_LIMIT = 1.1;
/** Below this a difference is the machine's. */
const NOISE_MS = 1;

const percentile = (values, share) => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};

/** Cases: { list, label, isCross, paths: one for each api }. */
export async function listCases({ tenants, system }) {
  const cases = [];
  for (const operation of listOperations()) {
    const apis = isOfTheInstallation(operation) ? [system] : tenants;
    const places = [];
    for (const api of apis) places.push(await placeOf(operation, api));
    for (const sort of operation.sorts) {
      cases.push({ ...caseOf(operation, `sort ${sort}`, places, `?sort=${sort}`), sort });
      const deep = places.map(({ address, cursors }) => `${address}?sort=${sort}&cursor=${cursors[sort]}`);
      if (places.every(({ cursors }) => cursors[sort]))
        cases.push({ ...caseOf(operation, `deep, sort ${sort}`, places), paths: deep });
      places[0].values.forEach(({ name, value }, index) => {
        const paths = places.map(
          ({ address, values }) => `${address}?sort=${sort}&${name}=${encodeURIComponent(values[index].value)}`,
        );
        const isCross = sort !== operation.sorts[0];
        const label = `${name}=${labelOf(value)}${isCross ? `, sort ${sort}` : ''}`;
        cases.push({ ...caseOf(operation, label, places), paths, isCross });
      });
    }
  }
  return cases;
}

const labelOf = (value) => (/^[0-9a-f-]{36}$|^msg_|^\d+\./.test(value) ? '…' : value.replace(/T.*Z$/, ''));

const caseOf = ({ path }, label, places, query = '') => ({
  list: path,
  label,
  apis: places.map(({ api }) => api),
  paths: places.map(({ address }) => address + query),
});

/** A list of one tenant: its address, the values to filter by, and where it is after many pages, for each order. */
async function placeOf(operation, api) {
  const address = await addressOf(operation, api);
  const values = await filterValues(operation, address, api);
  const cursors = {};
  for (const sort of operation.sorts)
    cursors[sort] = await deepCursor(`${address}?sort=${sort}&limit=${DEEP_LIMIT}`, api);
  return { api, address, values, cursors };
}

/** Of the last page but one where there are fewer; undefined for a list of one page. */
async function deepCursor(first, api) {
  let cursor;
  for (let page = 0; page < DEEP_PAGES; page += 1) {
    const { nextCursor } = await api.json(cursor ? `${first}&cursor=${cursor}` : first);
    if (!nextCursor) break;
    cursor = nextCursor;
  }
  return cursor;
}

/**
 * { p50, p95, ratio, isEven }: of both tenants the slower one, and how the second compares with the first. Others use the
 * machine, too: what misses a limit is measured again, and the quickest round counts; tenants are compared by their
 * quickest requests, since nothing that disturbs makes one quicker.
 */
export async function measureList({ apis, paths, isCross }) {
  for (const api of apis) await api.authorize();
  for (const [index, api] of apis.entries()) await api.timed(paths[index]);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push(await timesOf({ apis, paths, repetitions: isCross ? CROSS_REPETITIONS : REPETITIONS }));
    const figures = figuresOf(rounds);
    if (round === ROUNDS - 1 || ((figures.isEven || isCross) && figures.p95 < LIST_LIMIT_MS)) return figures;
  }
}

/** For each tenant, asked in turn. */
async function timesOf({ apis, paths, repetitions }) {
  const times = apis.map(() => []);
  const until = performance.now() + CASE_MS;
  for (let turn = 0; turn < repetitions && (turn < 2 || performance.now() < until); turn += 1) {
    const order = [...apis.keys()];
    for (const index of turn % 2 ? order.toReversed() : order) times[index].push(await apis[index].timed(paths[index]));
  }
  return times;
}

function figuresOf(rounds) {
  const slower = (share) =>
    Math.min(...rounds.map((times) => Math.max(...times.map((each) => percentile(each, share)))));
  const [first, last = first] = rounds[0].map((_, index) => Math.min(...rounds.flatMap((times) => times[index])));
  const ratio = rounds[0].length > 1 ? last / first : undefined;
  const isEven = last <= first * RATIO_LIMIT || last - first < NOISE_MS;
  return { p50: slower(0.5), p95: slower(0.95), ratio, isEven, quickest: [first, last] };
}
