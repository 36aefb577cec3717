import { Injectable } from '@nestjs/common';
import type { RenderedPage } from '@tokenidp/oauth';
import type { Tenant } from '@tokenidp/tenancy';
import { Csrf, type CsrfBinding } from '../csrf';
import { type PageContext, PageRenderer } from '../page-renderer';
import { DeviceCodePage } from '../pages/device-code';
import { type DeviceResult, DeviceResultPage } from '../pages/device-result';
import type { TextKey } from '../i18n/texts';

/** Why the page with the code is shown again. */
export type CodeRefusal =
  | { kind: 'renewed' }
  | { kind: 'missing' | 'malformed' | 'unknown' }
  /** seconds */
  | { kind: 'blocked'; waitSeconds: number };

export interface CodeForm {
  tenant: Tenant;
  request: PageContext['request'];
  /** hash of what the browser holds: the form counts from there alone */
  browser: string;
  /** as typed, or as the device's link brought it along */
  code: string;
  /** it came with the link: the user has typed nothing yet */
  isGiven?: boolean;
  refusal?: CodeRefusal;
}

const STATUS = { renewed: 403, missing: 400, malformed: 400, unknown: 400, blocked: 429 } as const;
const RESULT_STATUS: Readonly<Record<DeviceResult, number>> = { done: 200, denied: 200, expired: 410 };

@Injectable()
export class DevicePages {
  constructor(
    private readonly renderer: PageRenderer,
    private readonly csrf: Csrf,
  ) {}

  binding({ tenant, browser }: Pick<CodeForm, 'tenant' | 'browser'>): CsrfBinding {
    return { tenant, subject: 'device', secret: browser };
  }

  code(form: CodeForm): RenderedPage {
    const { tenant, request, refusal, code, isGiven = false } = form;
    const status = refusal ? STATUS[refusal.kind] : 200;
    return this.renderer.render({ tenant, request }, { status, headers: headersOf(refusal) }, (frame) => {
      const { texts } = frame;
      const time = texts.duration(waitOf(refusal) ?? 1);
      const key = refusal && ALERTS[refusal.kind];
      return (
        <DeviceCodePage
          frame={frame}
          view={{
            form: { action: `${tenant.basePath}/device`, csrf: this.csrf.issue(this.binding(form)) },
            ...{ code, isGiven },
            alert: key && texts.text(key, { time }),
            error: refusal && !key ? texts.text(`device.error.${refusal.kind as 'unknown'}`) : undefined,
          }}
        />
      );
    });
  }

  result(context: PageContext & { tenant: Tenant }, result: DeviceResult): RenderedPage {
    const again = `${context.tenant.basePath}/device`;
    return this.renderer.render(context, { status: RESULT_STATUS[result] }, (frame) => (
      <DeviceResultPage frame={frame} view={{ result, again }} />
    ));
  }
}

/** What is about the whole form; the others are told at the field. */
const ALERTS: Partial<Record<CodeRefusal['kind'], TextKey>> = {
  renewed: 'form.renewed',
  blocked: 'device.error.blocked',
};

function waitOf(refusal: CodeRefusal | undefined): number | undefined {
  return refusal?.kind === 'blocked' ? Math.ceil(refusal.waitSeconds) : undefined;
}

function headersOf(refusal: CodeRefusal | undefined): Record<string, string> | undefined {
  const wait = waitOf(refusal);
  return wait === undefined ? undefined : { 'retry-after': String(wait) };
}
