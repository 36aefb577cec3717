/** @spec OAuth 2.0 Form Post Response Mode §2 — every value is an escaped attribute (S-028); a button serves without script. */
import type { VNode } from 'preact';
import type { PageFrame } from './frame';
import { Layout } from './layout';
import { Heading } from './parts';

export interface FormPostView {
  /** The redirect URI, exactly as registered. */
  action: string;
  fields: Readonly<Record<string, string>>;
  appName: string;
}

export function FormPostPage({ frame, view }: { frame: PageFrame; view: FormPostView }): VNode {
  const { texts } = frame;
  return (
    <Layout frame={frame} title="formPost.title">
      <Heading lead={texts.text('formPost.lead')}>{texts.text('formPost.heading', { app: view.appName })}</Heading>
      <form method="post" action={view.action} data-autosubmit>
        {Object.entries(view.fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div class="actions">
          <button class="button primary" type="submit">
            {texts.text('formPost.submit')}
          </button>
        </div>
      </form>
    </Layout>
  );
}
