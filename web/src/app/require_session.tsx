import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation } from 'react-router-dom';
import { NetworkError } from '../shared/api/problem';
import { useSession } from '../shared/session/me';
import { ErrorNotice } from '../shared/ui/error_notice';
import { PageTitle } from '../shared/ui/page_title';
import { Screen } from '../shared/ui/screen';
import { Skeleton } from '../shared/ui/skeleton';

/** Pages behind it are only for the signed-in; others are led to sign in and back. */
export function RequireSession() {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const session = useSession();
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
  return <Outlet />;
}
