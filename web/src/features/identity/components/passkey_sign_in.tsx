import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionOpened } from '../../../shared/api/types';
import { Button } from '../../../shared/ui/button';
import { signInByPasskey, startPasskeySignIn } from '../api/authenticators';
import { canOfferInField, canUsePasskeys, signByPasskey } from '../webauthn';
import { PasskeyError } from './passkeys';

/**
 * A button for signing in by a passkey, and, where the browser can, the same offered in the name field. The
 * offer waits until something is chosen, so it is withdrawn before the button asks and when the page is left.
 */
export function PasskeySignIn({ onOpened }: { onOpened: (opened: SessionOpened) => void }) {
  const { t } = useTranslation();
  const offer = useRef<AbortController>(undefined);
  const opened = useRef(onOpened);
  opened.current = onOpened;
  useEffect(() => {
    const controller = new AbortController();
    offer.current = controller;
    void offerInField(controller.signal)
      .then((session) => session && opened.current(session))
      .catch(() => undefined); // nobody asked for it: a refusal here is no news
    return () => controller.abort();
  }, []);
  const enter = useMutation({
    mutationFn: async () => {
      offer.current?.abort();
      return signInByPasskey(await signByPasskey(await startPasskeySignIn()));
    },
    onSuccess: onOpened,
  });
  if (!canUsePasskeys()) return null;
  return (
    <>
      <Button look="secondary" pending={enter.isPending} onClick={() => enter.mutate()}>
        {t('signIn.passkey')}
      </Button>
      <p className="soft small sign-in-note">{t('signIn.passkeyNote')}</p>
      <PasskeyError error={enter.error} />
    </>
  );
}

async function offerInField(signal: AbortSignal): Promise<SessionOpened | undefined> {
  if (!(await canOfferInField()) || signal.aborted) return undefined;
  const options = await startPasskeySignIn(signal);
  return signInByPasskey(await signByPasskey(options, 'conditional', signal));
}
