import { useMutation } from '@tanstack/react-query';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { leaveForIdentityProvider, useProviders, type Intent } from '../api/identity_provider';

interface ProviderButtonsProps {
  intent: Intent;
  /** The first button is the page's main action. */
  main?: boolean;
  /** Ids of the providers to offer; all of them unless given. */
  among?: string[];
  words: (provider: string) => string;
}

/** A button for each identity provider; each leads away to it. */
export function ProviderButtons({ intent, main = false, among, words }: ProviderButtonsProps) {
  const all = useProviders();
  const providers = among ? all.filter((one) => among.includes(one.id)) : all;
  const leave = useMutation({
    mutationFn: (provider: string) => leaveForIdentityProvider(intent, provider),
  });
  return (
    <>
      {providers.map(({ id, name }, at) => (
        <Button
          key={id}
          look={main && at === 0 ? 'primary' : 'secondary'}
          pending={leave.isPending}
          onClick={() => leave.mutate(id)}
        >
          {words(name)}
        </Button>
      ))}
      <ErrorNotice error={leave.error} />
    </>
  );
}
