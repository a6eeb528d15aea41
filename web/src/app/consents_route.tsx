import { LinkedProviders } from '../features/identity/components/linked_providers';
import { ConsentsPage } from '../features/privacy/pages/consents_page';

export function ConsentsRoute() {
  return <ConsentsPage sources={<LinkedProviders titled={false} />} />;
}
