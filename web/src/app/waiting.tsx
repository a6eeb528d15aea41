import { Screen } from '../shared/ui/screen';
import { Skeleton } from '../shared/ui/skeleton';

export function Waiting() {
  return (
    <Screen>
      <Skeleton blocks={[40, 120, 120]} />
    </Screen>
  );
}
