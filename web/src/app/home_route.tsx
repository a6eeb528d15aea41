import { HomePage } from '../features/identity/pages/home_page';
import { DocumentsNote } from '../features/wallet/components/documents_note';

export function HomeRoute() {
  return <HomePage documentsNote={<DocumentsNote />} />;
}
