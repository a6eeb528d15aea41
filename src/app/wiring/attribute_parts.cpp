#include "app/wiring/attribute_parts.h"

namespace app {

AttributeParts::AttributeParts(const AttributePartsPorts& ports, const Jurisdiction& jurisdiction)
    : passport_(ports.documents),
      attributes_({ports.data, ports.vault, passport_, ports.rng}, jurisdiction.freshness),
      gate_(ports.assurance, attributes_, jurisdiction.functions),
      ends_(ports.documents, ports.digital_id),
      links_({ports.data, ports.vault, ports.providers, ends_, ports.rng}),
      api_({ports.assurance, attributes_, gate_, links_}) {}

}  // namespace app
