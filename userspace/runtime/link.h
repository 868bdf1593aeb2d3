// The state of a client, and the steps that requests and dumps have in common.
#ifndef GENL_LINK_H_
#define GENL_LINK_H_

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "genl/client.h"
#include "genl/framing.h"
#include "genl/message.h"
#include "genl/socket.h"
#include "genl/writer.h"

namespace genl {

class Client::Link {
 public:
  // `family_id` is that of a generic family.
  Link(const Family& family, const ConnectOptions& options, Transport& transport,
       uint16_t family_id, Socket socket)
      : family_(family),
        options_(options),
        transport_(transport),
        framing_(family, family_id),
        socket_(std::move(socket)) {}

  const Family& family() const { return family_; }
  const ConnectOptions& options() const { return options_; }
  Transport& transport() { return transport_; }
  const Framing& framing() const { return framing_; }

  // Appends the message, but for the sequence number; nothing where the request is wrong.
  absl::Status Encode(const Operation& operation, uint16_t flags, const void* request,
                      uint32_t port, Writer& writer) const;

  absl::Status Do(const Operation& operation, const void* request, void* reply, RequestFlags flags);

  enum class Progress { kMore, kDone };

  // What has come of the answer to a request.
  struct Answer {
    void* reply = nullptr;  // to be filled; null: none is wanted
    bool replied = false;
    std::optional<uint16_t> other = {};  // a command that came instead
  };

  // One more message in answer to `operation`, sent as `request`. Not OK where the request failed.
  absl::StatusOr<Progress> Take(const Operation& operation, Bytes request,
                                const RawMessage& message, Answer& answer) const;
  // Whether all that is wanted has come when the kernel has no more to say.
  absl::Status Complete(const Operation& operation, const Answer& answer) const;

  // The status for what the kernel said against `operation`, sent as `message`. Unavailable
  // where the family has gone since the client connected, or has come back under another number.
  absl::Status Refusal(const Operation& operation, const Verdict& verdict, Bytes message) const;
  // `status` with the names of family and operation in front.
  absl::Status Annotate(const Operation& operation, const absl::Status& status) const;

  // Not OK where the kernel knows the family no more by the number that the client has.
  absl::Status FindFamily() const;

  // One more socket, of the client's options.
  absl::StatusOr<Socket> OpenSocket() const {
    return transport_.Open(family_.protocol, options_.socket);
  }
  // Dumps have sockets of their own, so that requests can be made between two objects and
  // a dump can be left early. One that came to its end is kept for the next.
  absl::StatusOr<Socket> TakeDumpSocket();
  void KeepDumpSocket(Socket socket) { idle_.emplace(std::move(socket)); }

  // Of requests and batches.
  Socket& socket() { return socket_; }
  uint32_t NextSequence() { return ++sequence_; }

 private:
  const Family family_;
  const ConnectOptions options_;
  Transport& transport_;
  const Framing framing_;
  Socket socket_;
  std::optional<Socket> idle_;
  Writer writer_;
  uint32_t sequence_ = 0;
};

}  // namespace genl

#endif  // GENL_LINK_H_
