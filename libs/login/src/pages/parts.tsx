import type { ComponentChildren, VNode } from 'preact';
import type { FormTarget, PageFrame } from './frame';

/** The one heading of a page and the line below it. */
export function Heading({ children, lead }: { children: ComponentChildren; lead?: ComponentChildren }): VNode {
  return (
    <div class="heading">
      <h1>{children}</h1>
      {lead ? <p class="lead">{lead}</p> : null}
    </div>
  );
}

export interface FieldProps {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password';
  /** A few letters to copy from somewhere else: large, spaced, in capitals. */
  kind?: 'code';
  autocomplete: string;
  value?: string | undefined;
  hint?: string | undefined;
  error?: string | undefined;
  /** Marks the field as wrong where the words stand at another field. */
  invalid?: boolean;
  autofocus?: boolean;
  frame: PageFrame;
}

export function Field(props: FieldProps): VNode {
  const { name, type = 'text', frame } = props;
  const described = [props.hint ? `${name}-hint` : '', props.error ? `${name}-error` : ''].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={name}>{props.label}</label>
      <div class="control">
        <input
          id={name}
          name={name}
          class={props.kind}
          type={type as 'text'} // the typings want one literal; each of the three has these attributes
          autocomplete={props.autocomplete}
          value={props.value}
          required
          autofocus={props.autofocus ?? false}
          autocapitalize={props.kind === 'code' ? 'characters' : 'none'}
          spellcheck={false}
          aria-invalid={props.error || props.invalid ? 'true' : undefined}
          aria-describedby={described || undefined}
        />
        {type === 'password' ? <PasswordToggle field={name} frame={frame} /> : null}
      </div>
      <FieldNotes {...props} />
    </div>
  );
}

function FieldNotes({ name, hint, error }: Pick<FieldProps, 'name' | 'hint' | 'error'>): VNode {
  return (
    <>
      {hint ? (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p class="error" id={`${name}-error`}>
          <AlertIcon />
          <span>{error}</span>
        </p>
      ) : null}
    </>
  );
}

/** Hidden until the script that makes it work has run. */
function PasswordToggle({ field, frame: { texts } }: { field: string; frame: PageFrame }): VNode {
  return (
    <button
      type="button"
      class="toggle"
      hidden
      aria-controls={field}
      aria-label={texts.text('password.show')}
      data-toggle-for={field}
      data-other-label={texts.text('password.hide')}
      data-other-text={texts.text('password.hideShort')}
    >
      {texts.text('password.showShort')}
    </button>
  );
}

/** A message about the whole form. */
export function Alert({ children }: { children: ComponentChildren }): VNode {
  return (
    <div class="alert" role="alert">
      <AlertIcon />
      <span>{children}</span>
    </div>
  );
}

/** Something to weigh before one goes on. */
export function Notice({ children }: { children: ComponentChildren }): VNode {
  return (
    <div class="notice">
      <AlertIcon />
      <span>{children}</span>
    </div>
  );
}

export function Csrf({ value }: { value: string }): VNode {
  return <input type="hidden" name="csrf" value={value} />;
}

/** A question and the link for whoever says yes. */
export function OtherWay({ ask, href, id, children }: OtherWayProps): VNode {
  return (
    <p class="other-way">
      {ask}{' '}
      <a href={href} id={id}>
        {children}
      </a>
    </p>
  );
}

interface OtherWayProps {
  ask: string;
  href: string;
  id: string;
  children: ComponentChildren;
}

/** The quiet way back: a form, for something ends by it. */
export function CancelForm({ target, id, children }: CancelFormProps): VNode {
  return (
    <form class="aside" method="post" action={target.action}>
      <Csrf value={target.csrf} />
      <button class="link" type="submit" id={id}>
        {children}
      </button>
    </form>
  );
}

interface CancelFormProps {
  target: FormTarget;
  id: string;
  children: ComponentChildren;
}

/** The way on from a page that has no form. */
export function WayOn({ href, children }: { href: string; children: ComponentChildren }): VNode {
  return (
    <p class="actions">
      <a class="button primary" href={href}>
        {children}
      </a>
    </p>
  );
}

function AlertIcon(): VNode {
  return (
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <circle cx="10" cy="10" r="8.25" fill="none" stroke="currentColor" stroke-width="1.5" />
      <path d="M10 5.75v5" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" />
      <circle cx="10" cy="13.75" r="1" fill="currentColor" />
    </svg>
  );
}

export function CheckIcon(): VNode {
  return (
    <svg class="icon check" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path
        d="m5 10.5 3.25 3.25L15 7"
        fill="none"
        stroke="currentColor"
        stroke-width="1.75"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
