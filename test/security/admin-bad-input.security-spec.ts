import type { Tenant } from '@tokenidp/tenancy';
import { MachineTokenCounts } from '../../libs/audit/src/machine-token-counts';
import { type AdminApi, adminApi, type AdminAnswer } from '../support/admin';
import { type BadInput, badInputsOf } from '../support/bad-input';
import { databaseChecksum } from '../support/database-checksum';
import { startIdp, type TestIdp } from '../support/idp';
import { OPERATIONS, type Operation, pathWith } from '../support/openapi';

const NOBODY = '01990000-0000-7000-8000-000000000000';
/** In the place of an id. */
const NOT_IDS = ['x', '%00', '..%2f..', "'%20OR%201=1--", '{{7*7}}', '%F0%9F%92%A9', 'a'.repeat(80), NOBODY];
/** Texts that mean something to a database, a template or a page. */
const FRAGMENTS = ['\'; DROP TABLE "user"; --', '${7*7}', '{{constructor}}', '<script>alert(1)</script>', '%s%n', '\\'];

describe('S-176 S-177 ASVS V8.2.3 every operation of the administration API × whatever is no input', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let api: AdminApi;
  let cases = 0;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    api = await adminApi(idp, tenant);
    // The administrator's own token is told of in the trail once its minute is over; here at once.
    await idp.get(MachineTokenCounts).flush('all');
  });

  afterAll(async () => {
    await idp?.close();
    process.stdout.write(`S-177: ${OPERATIONS.length} operations, ${cases} bad inputs\n`);
  });

  function send(operation: Operation, { body, query, headers }: Partial<BadInput>, id = NOBODY): Promise<AdminAnswer> {
    cases += 1;
    const path = `${pathWith(operation, id)}${query === undefined ? '' : `?${query}`}`;
    const tags: Record<string, string> = operation.method === 'GET' ? {} : { 'if-match': '*' };
    const sent = body ?? (operation.body === undefined ? undefined : {});
    return api.send(path, { method: operation.method, body: sent, headers: { ...tags, ...headers } });
  }

  function pointersOf({ body }: AdminAnswer): string[] {
    return (body?.errors ?? []).map(({ pointer }: { pointer: string }) => pointer);
  }

  function expectProblem(what: string, answer: AdminAnswer): void {
    const type = answer.headers.get('content-type');
    expect([what, answer.status >= 400 && answer.status < 500, type]).toEqual([
      what,
      true,
      'application/problem+json; charset=utf-8',
    ]);
  }

  // The system's own operations are closed here before any input is read; the rights are walked elsewhere.
  const open = OPERATIONS.filter(({ permission }) => !/^(tenants|jobs)\./.test(permission ?? ''));

  describe.each(open)('S-177 $method $path', (operation) => {
    const inputs = badInputsOf(operation);

    it(`refuses ${inputs.length} inputs, each with a pointer to what is wrong, and changes nothing`, async () => {
      const before = await databaseChecksum(idp.database);
      for (const input of inputs) {
        const answer = await send(operation, input);
        expectProblem(input.what, answer);
        // What is wrong with the input is told before whether the thing exists; only its size comes first.
        if (input.pointer !== undefined && answer.status === 400) {
          expect([input.what, pointersOf(answer).some((pointer) => pointer.startsWith(input.pointer!))]).toEqual([
            input.what,
            true,
          ]);
        }
      }
      expect(await databaseChecksum(idp.database)).toEqual(before);
    });

    if (operation.path.includes('{')) {
      it('S-176 knows no id that is none, and no id of another tenant', async () => {
        for (const id of NOT_IDS) {
          const answer = await send(operation, {}, id);
          expect([id, answer.status >= 400 && answer.status < 500]).toEqual([id, true]);
        }
      });
    }

    it('takes fragments of other languages for text', async () => {
      const texts = operation.parameters.filter(
        ({ in: place, schema }) => place === 'query' && schema.type === 'string' && !schema.enum && !schema.format,
      );
      for (const { name } of texts) {
        for (const fragment of FRAGMENTS) {
          const { status } = await send(operation, { query: `${name}=${encodeURIComponent(fragment)}` });
          expect([name, fragment, status < 500]).toEqual([name, fragment, true]);
        }
      }
    });
  });
});
