import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation, useNavigate } from 'react-router-dom';
import { kOwnEditionsKey, useBindingEdition } from '../features/privacy/api/editions';
import { setFrozenHandler, setUnacceptedHandler } from '../shared/api/client';
import { NetworkError } from '../shared/api/problem';
import { useSession } from '../shared/session/me';
import { ErrorNotice } from '../shared/ui/error_notice';
import { PageTitle } from '../shared/ui/page_title';
import { Screen } from '../shared/ui/screen';
import { Skeleton } from '../shared/ui/skeleton';

/** What an account that is being closed has left; the first is where it is led. */
const kOpenWhileClosing: readonly [string, ...string[]] = ['/account/deletion', '/account/export'];

/** Where a new agreement is read and accepted, and what somebody who does not want it still has. */
const kAgreement = '/agreement';
const kOpenUnaccepted = [
  kAgreement,
  '/account/deletion',
  '/account/export',
  '/my-data',
  '/requests',
  '/consents',
  '/who-looked',
  '/history',
  '/sessions',
];
const isOpenUnaccepted = (pathname: string) =>
  kOpenUnaccepted.some((one) => pathname === one || pathname.startsWith(`${one}/`));

/** Leads to a new agreement that binds from whichever page is open, whatever that page asks of the server. */
function useAgreementDoor(isOn: boolean): boolean {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { pathname, search } = useLocation();
  const here = pathname + search;
  useEffect(() => {
    setUnacceptedHandler(() => {
      if (isOpenUnaccepted(pathname)) return;
      // What was read before may say that nothing waits.
      void queries.resetQueries({ queryKey: kOwnEditionsKey });
      void navigate(kAgreement, { replace: true, state: { from: here } });
    });
  }, [navigate, queries, pathname, here]);
  return useBindingEdition(isOn) !== undefined && !isOpenUnaccepted(pathname);
}

/** Pages behind it are only for the signed-in; others are led to sign in and back. */
export function RequireSession() {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const session = useSession();
  const navigate = useNavigate();
  useEffect(() => {
    setFrozenHandler(() => void navigate('/account/deletion', { replace: true }));
  }, [navigate]);
  const isOnline = session.data?.offline === false;
  const isClosing = isOnline && session.data?.me?.closing === true;
  const mustAccept = useAgreementDoor(isOnline && session.data?.me != null && !isClosing);
  if (session.data === undefined) {
    return (
      <Screen>
        {session.error ? (
          <>
            <PageTitle>{t('home.title')}</PageTitle>
            <ErrorNotice error={session.error} onRetry={() => void session.refetch()} />
            {session.error instanceof NetworkError && <p className="soft">{t('error.whatWorks')}</p>}
          </>
        ) : (
          <Skeleton blocks={[40, 120, 120]} />
        )}
      </Screen>
    );
  }
  if (session.data.me === null) {
    const next = encodeURIComponent(pathname + search);
    return <Navigate to={`/sign-in?next=${next}`} replace />;
  }
  if (isClosing && !kOpenWhileClosing.includes(pathname)) {
    return <Navigate to={kOpenWhileClosing[0]} replace />;
  }
  if (mustAccept) return <Navigate to={kAgreement} replace state={{ from: pathname + search }} />;
  return <Outlet />;
}
