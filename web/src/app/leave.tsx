import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { signOut } from '../features/identity/api/sessions';
import { isStatus } from '../shared/api/problem';
import { closeSessionHere } from '../shared/session/me';
import { Button } from '../shared/ui/button';
import { ErrorNotice } from '../shared/ui/error_notice';

interface LeaveProps {
  /** Whether the person is asked; if not, leaving begins by itself. */
  asks: boolean;
  onLeft: () => void;
}

/** Ends the session of this browser and nothing else; the Digital ID of this device stays. */
export function Leave({ asks, onLeft }: LeaveProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const leave = useMutation({
    mutationFn: async () => {
      await signOut().catch((error: unknown) => {
        if (!isStatus(error, 401) && !isStatus(error, 404)) throw error;
      });
      await closeSessionHere(queries);
    },
    onSuccess: onLeft,
  });
  const { mutate } = leave;
  useEffect(() => {
    if (!asks) mutate();
  }, [asks, mutate]);
  return (
    <>
      <Button pending={leave.isPending} onClick={() => mutate()}>
        {t('logout.leave')}
      </Button>
      <ErrorNotice error={leave.error} />
    </>
  );
}

/** Signs out and in again, for a party that wants to be sure who sits here now. */
export function Reenter() {
  const navigate = useNavigate();
  const here = encodeURIComponent(window.location.pathname + window.location.search);
  return <Leave asks onLeft={() => void navigate(`/sign-in?next=${here}`, { replace: true })} />;
}
