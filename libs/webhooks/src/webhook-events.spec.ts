import { AUDIT_EVENTS } from '@tokenidp/audit';
import { describeEvent, examplePayload, isWebhookEvent, payloadSchema, WEBHOOK_EVENTS } from './webhook-events';

interface Schema {
  const?: string;
  enum?: string[];
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
}

/** As much of JSON Schema as the catalogue uses. */
function fits(schema: Schema, value: unknown): boolean {
  if (schema.const !== undefined) return value === schema.const;
  if (schema.enum) return schema.enum.includes(value as string);
  const types = [schema.type ?? []].flat();
  const type = value === null ? 'null' : typeof value;
  if (!types.includes(type)) return false;
  if (type !== 'object') return true;
  const members = value as Record<string, unknown>;
  const isWhole = (schema.required ?? []).every((name) => name in members);
  return (
    isWhole &&
    Object.entries(schema.properties ?? {}).every(([name, each]) => !(name in members) || fits(each, members[name]))
  );
}

describe('the catalogue of webhooks', () => {
  it('is a part of the events of the trail', () => {
    expect(WEBHOOK_EVENTS.length).toBeGreaterThan(40);
    expect(WEBHOOK_EVENTS.filter((name) => !(AUDIT_EVENTS as readonly string[]).includes(name))).toEqual([]);
    expect(['token.issued', '__proto__', 'constructor', ''].filter(isWebhookEvent)).toEqual([]);
  });

  it.each(WEBHOOK_EVENTS)('has a schema for %s that its example fits', (name) => {
    const schema = payloadSchema(name) as Schema;
    expect(describeEvent(name)).toMatch(/\.$/);
    expect(fits(schema, examplePayload(name))).toBe(true);
    expect(fits(schema, { ...examplePayload(name), type: 'other' })).toBe(false);
    expect(fits(schema, { ...examplePayload(name), data: null })).toBe(false);
  });
});
