import { useEffect, useState } from 'react';
import { finishSignIn, signIn, signOut, type SignedIn } from './auth/oidc';
import mark from './mark.svg';

type View = { kind: 'loading' } | { kind: 'signed-out'; failure?: string } | { kind: 'signed-in'; user: SignedIn };

// One exchange a page load, however often the component mounts: a code works once.
const finished = finishSignIn();

export function App(): React.JSX.Element {
  const [view, setView] = useState<View>({ kind: 'loading' });

  useEffect(() => {
    finished.then(
      (user) => setView(user ? { kind: 'signed-in', user } : { kind: 'signed-out' }),
      (error: unknown) => setView({ kind: 'signed-out', failure: messageOf(error) }),
    );
  }, []);

  const start = (): void => {
    setView({ kind: 'loading' });
    signIn().catch((error: unknown) => setView({ kind: 'signed-out', failure: messageOf(error) }));
  };

  return (
    <main>
      <header>
        <img src={mark} alt="" width="40" height="40" />
        <h1>TokenIDP administration</h1>
      </header>
      {view.kind === 'loading' && <p role="status">One moment …</p>}
      {view.kind === 'signed-out' && <SignedOutCard failure={view.failure} onSignIn={start} />}
      {view.kind === 'signed-in' && <SignedInCard user={view.user} />}
    </main>
  );
}

function SignedOutCard({
  failure,
  onSignIn,
}: {
  failure: string | undefined;
  onSignIn: () => void;
}): React.JSX.Element {
  return (
    <section>
      {failure && <p role="alert">The sign-in did not work: {failure}</p>}
      <p>Sign in with an account of this tenant to see who you are here.</p>
      <button id="sign-in" type="button" onClick={onSignIn}>
        Sign in
      </button>
    </section>
  );
}

function SignedInCard({ user }: { user: SignedIn }): React.JSX.Element {
  return (
    <section>
      <p>
        You are signed in as <strong id="signed-in-name">{user.name}</strong>.
      </p>
      <dl>
        <Entry term="E-mail" value={user.email ?? 'not known'} />
        <Entry term="Subject" value={user.subject} />
        <Entry term="Issuer" value={user.issuer} />
        {user.signedInAt && <Entry term="Signed in" value={user.signedInAt.toLocaleString()} />}
      </dl>
      <button id="sign-out" type="button" onClick={() => void signOut()}>
        Sign out
      </button>
    </section>
  );
}

function Entry({ term, value }: { term: string; value: string }): React.JSX.Element {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'the reason is not known.';
}
