import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation, useNavigate } from 'react-router-dom';
import { setFrozenHandler, setUnacceptedHandler } from '../shared/api/client';
import { NetworkError } from '../shared/api/problem';
import { useSession } from '../shared/session/me';
import { ErrorNotice } from '../shared/ui/error_notice';
import { PageTitle } from '../shared/ui/page_title';
import { Screen } from '../shared/ui/screen';
import { Skeleton } from '../shared/ui/skeleton';

/** What an account that is being closed has left; the first is where it is led. */
const kOpenWhileClosing: readonly [string, ...string[]] = ['/account/deletion', '/account/export'];

/** Pages behind it are only for the signed-in; others are led to sign in and back. */
export function RequireSession() {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const session = useSession();
  const navigate = useNavigate();
  useEffect(() => {
    setFrozenHandler(() => void navigate('/account/deletion', { replace: true }));
    setUnacceptedHandler(() => void navigate('/agreement', { replace: true }));
  }, [navigate]);
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
  const isClosing = session.data.me.closing === true && !session.data.offline;
  if (isClosing && !kOpenWhileClosing.includes(pathname)) {
    return <Navigate to={kOpenWhileClosing[0]} replace />;
  }
  return <Outlet />;
}
