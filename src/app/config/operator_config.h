// Settings of the telephone operators, one section [operator.NAME] each: over plain HTTP, SMPP or
// SIP. Names are free, so the schema of these sections is made after a look at the file. Plain
// data.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/secret.h"

namespace app {

/// One call of an operator's HTTP gateway. `{id}`, `{to}`, `{text}` and `{code}` stand for values
/// in url and body.
struct GatewaySettings {
  std::string url;
  std::string method = "POST";
  core::Secret<std::string> token;  ///< sent as "Authorization: Bearer"; empty = not sent
  std::map<std::string, std::string> headers;
  std::string content_type = "application/json";
  std::string body;
  std::vector<int> success_status;  ///< exactly one for now
  std::string success_pointer;      ///< JSON pointer into the answer that must also say
  std::string success_equals;       ///< this; empty = the status is enough
  std::string id_pointer;           ///< JSON pointer to the operator's message id; empty = none
  std::chrono::milliseconds timeout{5000};
  std::string ca_file;  ///< empty = the system's, here and below
};

/// An SMS centre spoken to over SMPP 3.4.
struct SmppSettings {
  std::string host;
  std::uint16_t port = 2775;
  std::string security = "none";  ///< "none" or "tls"
  std::string ca_file;
  std::string system_id;
  core::Secret<std::string> password;
  std::string system_type;
  std::string source;    ///< who the SMS is from: a name of 1 to 11 letters, or a number
  int window = 32;       ///< messages sent and not answered yet
  int per_second = 100;  ///< messages a second, as the contract with the operator says
  std::chrono::seconds enquire_link{30};
  std::chrono::milliseconds timeout{5000};
};

/// A trunk that carries calls over SIP.
struct SipSettings {
  std::string host;
  std::uint16_t port = 5060;
  std::string transport = "udp";  ///< "udp", "tcp" or "tls"
  std::string ca_file;
  std::string username;
  core::Secret<std::string> password;
  std::string domain;                              ///< in our addresses; empty = the host
  std::vector<std::string> pool;                   ///< numbers we own: "+78432000000-+78432009999"
  std::chrono::milliseconds ring{1500};            ///< how long it rings before we hang up
  std::chrono::milliseconds trunk_timeout{4000};   ///< until the trunk's first word
  std::chrono::milliseconds ring_timeout{15'000};  ///< until it rings at the person's
};

/// One operator. Of the three last members the one that `kind` names is meant.
struct OperatorSettings {
  std::string kind = "http";    ///< "http", "smpp" or "sip"
  std::string channel = "sms";  ///< "sms" or "call"; smpp only texts, sip only rings
  int priority = 1;             ///< a lower number is asked first
  int share = 100;              ///< weight among operators of one priority
  GatewaySettings gateway;
  SmppSettings smpp;
  SipSettings sip;
};

using OperatorsSettings = std::map<std::string, OperatorSettings>;

}  // namespace app
