// JsonLog: the server's log, one JSON object a line on standard error, where systemd and containers
// collect it. Fields: time, level, event, and what the event adds. Never throws and never blocks on
// anything but the write itself; safe from any thread.
#pragma once

#include <cstdio>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>

#include "app/config/config.h"
#include "app/observe/log_value.h"
#include "http/log.h"
#include "http/server.h"

namespace app {

class JsonLog final : public http::Log {
 public:
  /// @param clock  must outlive the log.  @param out  where lines go; not closed by the log.
  JsonLog(LogLevel level, const http::Clock& clock, std::FILE* out = stderr);
  ~JsonLog() override;
  JsonLog(const JsonLog&) = delete;
  JsonLog& operator=(const JsonLog&) = delete;

  /// event "http.access", at level debug below status 500 and at level warning from there on: the
  /// counters of /metrics know the rest without a line for each request.
  void access(const http::AccessRecord& record) override;
  /// event "http.error": level error for kInternal, warning for kUnavailable, otherwise info.
  void error(const http::ErrorRecord& record) override;

  /// A line at level info, warning or error: log.event("server.started", {{"port", 8080}}).
  void event(LogText name, std::initializer_list<LogField> fields = {});
  void warning(LogText name, std::initializer_list<LogField> fields = {});
  /// The same with the error's code, reason and detail before the other fields.
  void failure(LogText name, const core::Error& error, std::initializer_list<LogField> fields = {});

 private:
  struct Sink;
  void write(LogLevel level, LogText name, std::span<const LogField> fields);

  const http::Clock& clock_;
  std::unique_ptr<Sink> sink_;
};

/// `text` between double quotes as RFC 8259 wants it; bytes that are not UTF-8 become U+FFFD, and
/// U+2028, U+2029 and DEL are escaped too, since they break lines in some viewers.
void append_json_string(std::string& out, std::string_view text);

}  // namespace app
