import { DeletionPage } from '../features/identity/pages/deletion_page';
import { OpenRequests } from '../features/privacy/components/open_requests';

export function DeletionRoute() {
  return <DeletionPage openRequests={<OpenRequests />} />;
}
