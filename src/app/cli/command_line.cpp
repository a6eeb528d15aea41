#include "app/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <functional>

#include "app/cli/audit_commands.h"
#include "app/cli/backup_commands.h"
#include "app/cli/bench_seed.h"
#include "app/cli/command_doc.h"
#include "app/cli/command_failure.h"
#include "app/cli/commands.h"
#include "app/cli/depersonalise_command.h"
#include "app/cli/inform_command.h"
#include "app/cli/manual.h"
#include "app/cli/party_commands.h"
#include "app/cli/request_commands.h"
#include "app/cli/retention_commands.h"
#include "app/cli/root_key_commands.h"
#include "app/cli/staff_commands.h"
#include "app/version.h"

namespace app {
namespace {

/// The tree of commands, and the values its options write to.
class CommandLine {
 public:
  explicit CommandLine(Terminal* terminal) : terminal_(terminal) {
    root_.require_subcommand(1);
    root_.set_version_flag("--version", "beresta " + std::string(kVersion), "Print the version");
    root_.failure_message(command_failure);
    add_server_commands();
    add_backup_commands();
    add_key_commands();
    add_party_commands();
    add_staff_commands();
    add_request_commands();
    add_audit_commands();
    add_qr_commands();
    add_account_commands();
    add_mail_commands();
    add_bench_commands();
    add_documents();
  }

  int run(std::vector<std::string> arguments) {
    // CLI11 takes the arguments from the end.
    std::reverse(arguments.begin(), arguments.end());
    try {
      auto rest = arguments;  // parse() takes them out
      root_.parse(rest);
    } catch (const CLI::ParseError& error) {
      const auto unknown = find_unknown_command(root_, arguments);
      if (!unknown.empty()) {
        terminal_->err << "beresta: there is no command \"" << unknown
                       << "\"\nTry `beresta --help`.\n";
        return kExitUsage;
      }
      const int code = root_.exit(error, terminal_->out, terminal_->err);
      return code == 0 ? kExitGood : kExitUsage;
    }
    return chosen_ ? chosen_() : kExitUsage;
  }

  [[nodiscard]] CommandDoc describe() const { return command_doc(root_); }

 private:
  CLI::App* add(CLI::App& parent, const char* name, const char* description,
                std::function<int()> command) {
    auto* app = parent.add_subcommand(name, description);
    app->callback([this, command = std::move(command)] { chosen_ = command; });
    return app;
  }

  // The validator without its own words in the help: the type's name says it better.
  static CLI::Validator quiet(CLI::Validator validator) { return validator.description(""); }

  static void add_config(CLI::App& app, ConfigOptions& options) {
    app.add_option("-c,--config", options.file, "Configuration file")->type_name("FILE");
    app.add_option("--set", options.overrides,
                   "One setting, over file and environment; may be repeated")
        ->type_name("SECTION.KEY=VALUE")
        ->allow_extra_args(false);
  }

  /// A command that takes a configuration and nothing else.
  void add_plain(CLI::App& parent, const char* name, const char* description,
                 int (*act)(const ConfigOptions&, Terminal&)) {
    add_config(*add(parent, name, description, [this, act] { return act(config_, *terminal_); }),
               config_);
  }

  void add_server_commands() {
    add_plain(root_, "serve", "Run the server until SIGTERM", serve_command);
    add_plain(root_, "migrate", "Make the databases, or bring them up to this program's version",
              migrate_command);
    auto* config = root_.add_subcommand("config", "Work with the configuration");
    config->require_subcommand(1);
    auto* check = add(*config, "check", "Tell every fault of the configuration with its place",
                      [this] { return config_check_command(showable_, *terminal_); });
    add_config(*check, showable_.config);
    check->add_flag("--show", showable_.show,
                    "Print the settings as they take effect, without secrets");
    add_plain(root_, "routes", "Print the table of routes as JSON", routes_command);
    auto* retention = add(root_, "retention", kRetentionHelp,
                          [this] { return retention_command(retention_, *terminal_); });
    add_config(*retention, retention_.config);
    add_retention_flags(*retention, retention_);
    auto* depersonalise = add(root_, "depersonalise", kDepersonaliseHelp,
                              [this] { return depersonalise_command(depersonalise_, *terminal_); });
    add_config(*depersonalise, depersonalise_.config);
    add_depersonalise_flags(*depersonalise, depersonalise_);
    auto* inform =
        add(root_, "inform", kInformHelp, [this] { return inform_command(inform_, *terminal_); });
    add_config(*inform, inform_.config);
    add_inform_flags(*inform, inform_);
  }

  void add_backup_commands() {
    auto* backup = add(root_, "backup",
                       "Copy the databases into a folder while servers run, and remove copies of "
                       "keys that are older than an erasure may be undone",
                       [this] { return backup_command(backup_, *terminal_); });
    add_config(*backup, backup_.config);
    backup->add_option("--to", backup_.folder, "Where the copies go; made if it is not there")
        ->type_name("FOLDER")
        ->required();
    backup->add_option("--only", backup_.only, "One of the two databases")
        ->type_name("data|keys")
        ->check(quiet(CLI::IsMember({"data", "keys"})));
    backup
        ->add_option("--keep-keys-days", backup_.keep_keys_days,
                     "Life of copies of the keys; the jurisdiction's term for destruction unless "
                     "given, and never more")
        ->type_name("DAYS")
        ->check(quiet(CLI::Range(1, 3650)));
    auto* back = add(root_, "restore", "Fill empty databases from copies, and say how they fit",
                     [this] { return restore_command(restore_, *terminal_); });
    add_config(*back, restore_.config);
    back->add_option("--data", restore_.data, "Manifest of a copy of the main database")
        ->type_name("FILE");
    back->add_option("--keys", restore_.keys, "Manifest of a copy of the key database")
        ->type_name("FILE");
  }

  void add_key_commands() {
    auto* keys = root_.add_subcommand("keys", "Make and change keys");
    keys->require_subcommand(1);
    add_plain(*keys, "init",
              "Make root key, trust root and first issuer key; never over existing ones",
              keys_init_command);
    add_plain(*keys, "rotate",
              "Make an issuer key that signs from now on; codes of older ones go on working",
              keys_rotate_command);
    add_plain(*keys, "rotate-openid",
              "Make a key that signs id_tokens from an hour on; no restart is needed",
              keys_rotate_openid_command);
    add_plain(*keys, "rotate-log",
              "Make a key that signs the transparency log from an hour on; no restart is needed",
              keys_rotate_log_command);
    add_plain(*keys, "prepare-root",
              "Make the next root key, for the keyring to be copied to every server first",
              keys_prepare_root_command);
    add_plain(*keys, "rotate-root",
              "Change the root key and wrap all keys anew; goes on where it was broken off",
              keys_rotate_root_command);
    add_plain(*keys, "retire-root",
              "Take old root keys away, once nothing is wrapped by them any more",
              keys_retire_root_command);
    auto* token = add(*keys, "use-token",
                      "Make root keys in a PKCS#11 token from now on; rotate-root moves there",
                      [this] { return keys_use_token_command(token_, *terminal_); });
    token->add_option("LABEL", token_.label, "Of the token")->required();
    token->add_option("--module", token_.module_path, "The token's PKCS#11 library")
        ->type_name("FILE")
        ->required();
    token->add_option("--pin-file", token_.pin_file, "A file of mode 0600 with the PIN")
        ->type_name("FILE")
        ->required();
    add_config(*token, token_.config);
    add_plain(*keys, "use-file",
              "Make root keys in the keyring file from now on; rotate-root moves there",
              keys_use_file_command);
    add_plain(*keys, "show", "List root keys, and check that the key database is theirs",
              keys_show_command);
  }

  void add_staff_commands() {
    auto* staff = root_.add_subcommand("staff", "Give and take roles of staff");
    staff->require_subcommand(1);
    const auto with_person = [&](CLI::App* app) {
      app->add_option("--phone", staff_.phone, "The number of their account")
          ->type_name("NUMBER")
          ->required();
      app->add_option("--role", staff_.role, "What they may do: registrar, data_protection_officer")
          ->type_name("ROLE")
          ->required();
      add_config(*app, staff_.config);
    };
    with_person(add(*staff, "grant", "Give a role",
                    [this] { return staff_grant_command(staff_, *terminal_); }));
    with_person(add(*staff, "revoke", "Take a role",
                    [this] { return staff_revoke_command(staff_, *terminal_); }));
    add_config(*add(*staff, "list", "List who has which role",
                    [this] { return staff_list_command(staff_, *terminal_); }),
               staff_.config);
  }

  void add_request_commands() {
    auto* requests = root_.add_subcommand("requests", "Requests of people about their data");
    requests->require_subcommand(1);
    add_plain(*requests, "list", "List open requests by number, what is due first",
              requests_list_command);
    auto* evidence = add(*requests, "evidence",
                         "Write a request with every step and text as signed JSON and as a page; "
                         "the person sees that it was read",
                         [this] { return requests_evidence_command(evidence_, *terminal_); });
    evidence->add_option("REQUEST", evidence_.request, "Its number or id")->required();
    evidence->add_option("--out", evidence_.folder, "Where to; here unless given")
        ->type_name("DIR");
    add_config(*evidence, evidence_.config);
  }

  void add_party_commands() {
    auto* party = root_.add_subcommand("relying-party", "Keep the register of relying parties");
    party->require_subcommand(1);
    const auto command = [&](const char* name, const char* description, auto function) {
      auto* app =
          add(*party, name, description, [this, function] { return function(party_, *terminal_); });
      add_config(*app, party_.config);
      return app;
    };
    const auto with_id = [&](CLI::App* app) {
      app->add_option("CLIENT_ID", party_.client_id, "The party")->required();
      return app;
    };
    const auto with_file = [&](CLI::App* app) {
      app->add_option("FILE", party_.file, "The registration as JSON, or -")->required();
    };
    with_file(command("add", "Register a party; prints its client_id and, once, its secret",
                      party_add_command));
    with_file(with_id(command("change", "Replace a registration; what it may get changes at once",
                              party_change_command)));
    command("list", "List the parties", party_list_command);
    with_id(command("show", "Print a registration, and what the party asked for beyond it",
                    party_show_command));
    with_id(
        command("disable", "Let nobody in through this party from now on", party_disable_command));
    with_id(command("enable", "Let people in through this party again", party_enable_command));
    with_id(command("rotate-secret", "Give a new secret; the old one ends at once",
                    party_rotate_secret_command));
  }

  void add_audit_commands() {
    auto* audit = root_.add_subcommand("audit", "Check the transparency log");
    audit->require_subcommand(1);
    auto* verify = add(*audit, "verify",
                       "Check a log, an export or checkpoints: ends 0 whole, 1 damaged, 2 usage",
                       [this] { return audit_verify_command(audit_, *terminal_); });
    verify->add_option("SOURCE", audit_.source, "Folder or address with checkpoint and tiles");
    verify->add_option("--export", audit_.export_file, "One citizen's export")->type_name("FILE");
    verify->add_option("--citizen", audit_.citizen, "Whose export it should be")->type_name("ID");
    verify
        ->add_option("--with", audit_.earlier,
                     "A checkpoint kept from before, to be part of the log; may be repeated")
        ->type_name("FILE")
        ->allow_extra_args(false);
    verify
        ->add_option("--key", audit_.keys,
                     "A key of the log or of a witness, or a file of them; may be repeated")
        ->type_name("VKEY|FILE")
        ->allow_extra_args(false);
    add_plain(*audit, "status", "Compare the log with what it has signed: ends 0 good, 1 refused",
              audit_status_command);
    add_plain(*audit, "disputes", "List the entries that citizens dispute", audit_disputes_command);
  }

  void add_qr_commands() {
    auto* qr = root_.add_subcommand("qr", "Check and draw Digital ID codes");
    qr->require_subcommand(1);
    auto* verify = add(*qr, "verify",
                       "Say whether a code holds: ends 0 yes, 1 no, 2 usage, 3 expired, 4 forged, "
                       "5 unknown issuer, 6 malformed, 7 not yet valid, 8 revoked",
                       [this] { return qr_verify_command(verify_, *terminal_); });
    verify->add_option("INPUT", verify_.input, "A code, a file (PNG or text) with one, or -")
        ->required();
    verify
        ->add_option("--trust", verify_.trust,
                     "Signed trust list; without it, this installation's keys")
        ->type_name("FILE");
    verify
        ->add_option("--root", verify_.root,
                     "The trust list's root key in base64url, or a file with it")
        ->type_name("KEY|FILE");
    verify->add_option("--at", verify_.at_seconds, "Check as at this moment, not now")
        ->type_name("UNIX");
    verify->add_option("--lang", verify_.language, "Language of the answer; else by LC_ALL, LANG")
        ->type_name("ru|en")
        ->check(quiet(CLI::IsMember({"ru", "en"})));
    verify->add_flag("--json", verify_.json, "Answer as JSON");
    add_config(*verify, verify_.config);

    auto* show = add(*qr, "show", "Draw a code in the terminal, or into a file",
                     [this] { return qr_show_command(show_, *terminal_); });
    show->add_option("TEXT", show_.input, "What the code says, or - for standard input")
        ->required();
    auto* png = show->add_option("--png", show_.png, "Write a PNG")->type_name("FILE");
    show->add_option("--svg", show_.svg, "Write an SVG")->type_name("FILE")->excludes(png);
    show->add_option("--scale", show_.scale, "Pixels a module of the PNG")
        ->type_name("N")
        ->check(quiet(CLI::Range(1, 32)))
        ->needs(png);
  }

  void add_account_commands() {
    auto* account = root_.add_subcommand("account", "Look after accounts");
    account->require_subcommand(1);
    auto* report =
        add(*account, "erasure-report", "Prove what was erased and what is kept, by receipt number",
            [this] { return erasure_report_command(erasure_report_, *terminal_); });
    report->add_option("RECEIPT", erasure_report_.receipt, "As the person has it")->required();
    add_config(*report, erasure_report_.config);
    add_plain(*account, "inactive",
              "Tell how many accounts would be warned or closed; changes nothing",
              inactive_accounts_command);
  }

  void add_mail_commands() {
    auto* mail = root_.add_subcommand("mail", "Try the mail server");
    mail->require_subcommand(1);
    auto* test = add(*mail, "test", "Send one letter now and tell what the mail server says",
                     [this] { return mail_test_command(mail_test_, *terminal_); });
    test->add_option("ADDRESS", mail_test_.to, "Whom to write to")->required();
    add_config(*test, mail_test_.config);
  }

  void add_bench_commands() {
    auto* bench = root_.add_subcommand("bench", "Prepare load tests");
    bench->require_subcommand(1);
    auto* seed = add(*bench, "seed", "Make invented citizens; goes on where it was broken off",
                     [this] { return bench_seed_command(seed_, *terminal_); });
    add_config(*seed, seed_.config);
    add_seed_flags(*seed, seed_);
  }

  void add_documents() {
    add(root_, "version", "Print the version", [this] { return version_command(*terminal_); });
    add(root_, "man", "Print the man page", [this] {
      terminal_->out << man_page(describe());
      return kExitGood;
    });
    auto* completion = root_.add_subcommand("completion", "Print a shell's completion script");
    completion->require_subcommand(1);
    add(*completion, "bash", "For bash", [this] {
      terminal_->out << bash_completion(describe());
      return kExitGood;
    });
  }

  Terminal* terminal_;
  CLI::App root_{"Citizen-services server: accounts, documents, Digital ID", "beresta"};
  std::function<int()> chosen_;
  ConfigOptions config_;
  ShowableConfigOptions showable_;
  QrVerifyOptions verify_;
  QrShowOptions show_;
  SeedOptions seed_;
  BackupOptions backup_;
  RestoreOptions restore_;
  RetentionOptions retention_;
  DepersonaliseOptions depersonalise_;
  InformOptions inform_;
  PartyOptions party_;
  StaffOptions staff_;
  EvidenceOptions evidence_;
  AuditVerifyOptions audit_;
  MailTestOptions mail_test_;
  ErasureReportOptions erasure_report_;
  UseTokenOptions token_;
};

}  // namespace

int run_command_line(const std::vector<std::string>& arguments, Terminal& terminal) {
  return CommandLine(&terminal).run(arguments);
}

CommandDoc describe_command_line() { return CommandLine(nullptr).describe(); }

}  // namespace app
