/** @spec RFC 8628 §3.3, §3.3.1 — the code is typed, or compared where the device's link has brought it along. */
import type { VNode } from 'preact';
import type { FormTarget, PageFrame } from './frame';
import { Layout } from './layout';
import { Alert, Csrf, Field, Heading } from './parts';

export interface DeviceCodeView {
  form: FormTarget;
  code: string;
  /** Came with the link, and is still to be compared. */
  isGiven: boolean;
  /** About the whole form. */
  alert?: string | undefined;
  error?: string | undefined;
}

export function DeviceCodePage({ frame, view }: { frame: PageFrame; view: DeviceCodeView }): VNode {
  const { texts } = frame;
  return (
    <Layout frame={frame} title="device.title">
      <Heading lead={texts.text(view.isGiven ? 'device.leadGiven' : 'device.lead')}>
        {texts.text('device.heading')}
      </Heading>
      {view.alert ? <Alert>{view.alert}</Alert> : null}
      <form method="post" action={view.form.action} noValidate>
        <Csrf value={view.form.csrf} />
        <Field
          frame={frame}
          name="user_code"
          kind="code"
          label={texts.text('device.code')}
          autocomplete="off"
          value={view.code}
          hint={view.isGiven ? undefined : texts.text('device.codeHint')}
          error={view.error}
          autofocus={!view.isGiven}
        />
        <div class="actions">
          <button class="button primary" type="submit" id="device-submit">
            {texts.text(view.isGiven ? 'device.submitGiven' : 'device.submit')}
          </button>
        </div>
      </form>
    </Layout>
  );
}
