/* The null kernel: it speaks the whole protocol and does nothing, so that what is measured is the server.

   Each execute_request is answered with five signed messages: status busy, execute_input, execute_result and status
   idle on iopub, execute_reply on shell; kernel_info_request and shutdown_request with what they need. A code that
   begins with "flood" prints without end, until SIGINT, 100 lines a message.

   ZMTP 3.0 as a server with the NULL mechanism, over TCP or Unix sockets; one thread, poll(2), no library but the C
   one. Written for a peer on this machine that behaves: it is no model for a kernel.

   cc -O2 -o null_kernel null_kernel.c; null_kernel CONNECTION_FILE */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { SHELL, IOPUB, STDIN, CONTROL, HEARTBEAT, CHANNELS };
static const char *const NAMES[CHANNELS] = {"shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"};
static const char *const TYPES[CHANNELS] = {"ROUTER", "PUB", "ROUTER", "ROUTER", "REP"};

/* SHA-256, FIPS 180-4 */

typedef struct {
  uint32_t h[8];
  uint64_t length;
  unsigned char block[64];
} Sha;

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
    0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
    0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
    0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotated(uint32_t x, int n) { return x >> n | x << (32 - n); }

static void sha_block(Sha *s, const unsigned char *p) {
  uint32_t w[64], v[8];
  for (int i = 0; i < 16; i++) w[i] = (uint32_t)p[4 * i] << 24 | p[4 * i + 1] << 16 | p[4 * i + 2] << 8 | p[4 * i + 3];
  for (int i = 16; i < 64; i++) {
    uint32_t a = rotated(w[i - 15], 7) ^ rotated(w[i - 15], 18) ^ w[i - 15] >> 3;
    uint32_t b = rotated(w[i - 2], 17) ^ rotated(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + a + w[i - 7] + b;
  }
  memcpy(v, s->h, sizeof v);
  for (int i = 0; i < 64; i++) {
    uint32_t e = rotated(v[4], 6) ^ rotated(v[4], 11) ^ rotated(v[4], 25);
    uint32_t t = v[7] + e + ((v[4] & v[5]) ^ (~v[4] & v[6])) + K[i] + w[i];
    uint32_t a = rotated(v[0], 2) ^ rotated(v[0], 13) ^ rotated(v[0], 22);
    uint32_t u = a + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
    memmove(v + 1, v, 7 * sizeof *v);
    v[4] += t;
    v[0] = t + u;
  }
  for (int i = 0; i < 8; i++) s->h[i] += v[i];
}

static void sha_begin(Sha *s) {
  static const uint32_t H[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  memcpy(s->h, H, sizeof H);
  s->length = 0;
}

static void sha_add(Sha *s, const void *data, size_t size) {
  const unsigned char *p = data;
  size_t filled = s->length % 64;
  s->length += size;
  if (filled + size < 64) {
    memcpy(s->block + filled, p, size);
    return;
  }
  if (filled) {
    memcpy(s->block + filled, p, 64 - filled);
    sha_block(s, s->block);
    p += 64 - filled;
    size -= 64 - filled;
  }
  for (; size >= 64; p += 64, size -= 64) sha_block(s, p);
  memcpy(s->block, p, size);
}

static void sha_end(Sha *s, unsigned char out[32]) {
  uint64_t bits = s->length * 8;
  unsigned char pad[72] = {0x80};
  size_t zeros = (s->length % 64 < 56 ? 56 : 120) - s->length % 64;
  for (int i = 0; i < 8; i++) pad[zeros + i] = bits >> (56 - 8 * i);
  sha_add(s, pad, zeros + 8);
  for (int i = 0; i < 32; i++) out[i] = s->h[i / 4] >> (24 - 8 * (i % 4));
}

static Sha inner_key, outer_key;

static void set_key(const char *key) {
  unsigned char pad[64] = {0};
  size_t size = strlen(key);
  memcpy(pad, key, size < 64 ? size : 64); /* the keys that we are given have 64 characters at most */
  for (int i = 0; i < 64; i++) pad[i] ^= 0x36;
  sha_begin(&inner_key);
  sha_add(&inner_key, pad, 64);
  for (int i = 0; i < 64; i++) pad[i] ^= 0x36 ^ 0x5c;
  sha_begin(&outer_key);
  sha_add(&outer_key, pad, 64);
}

typedef struct {
  const char *data;
  size_t size;
} Part;

static void sign(const Part parts[4], char hex[65]) {
  unsigned char digest[32];
  Sha s = inner_key;
  for (int i = 0; i < 4; i++) sha_add(&s, parts[i].data, parts[i].size);
  sha_end(&s, digest);
  s = outer_key;
  sha_add(&s, digest, 32);
  sha_end(&s, digest);
  for (int i = 0; i < 32; i++) sprintf(hex + 2 * i, "%02x", digest[i]);
}

/* Connections */

typedef struct {
  int fd, channel, greeted, ready;
  char identity[256];
  size_t identity_size;
  char *in, *out;
  size_t in_size, in_room, out_size, out_at, out_room;
} Peer;

enum { MOST = 256, WAITING = 64 << 20 };
static Peer *peers[MOST];
static struct pollfd polled[CHANNELS + MOST];
static int peer_count, dying;
static char paths[CHANNELS][108];
static unsigned long counter;
static const char *flood_parent;
static size_t flood_parent_size;
static volatile sig_atomic_t interrupted;

static void append(char **buffer, size_t *size, size_t *room, const void *data, size_t more) {
  if (*size + more > *room) {
    *room = (*size + more) * 2;
    *buffer = realloc(*buffer, *room);
    if (!*buffer) exit(2);
  }
  memcpy(*buffer + *size, data, more);
  *size += more;
}

static void say(Peer *p, const void *data, size_t size) { append(&p->out, &p->out_size, &p->out_room, data, size); }

static void frame(Peer *p, int flags, const void *data, size_t size) {
  unsigned char head[9] = {flags, size};
  size_t length = 2;
  if (size > 255) {
    head[0] |= 2;
    for (int i = 0; i < 8; i++) head[1 + i] = (uint64_t)size >> (56 - 8 * i);
    length = 9;
  }
  say(p, head, length);
  say(p, data, size);
}

static void flush(Peer *p) {
  while (p->out_at < p->out_size) {
    ssize_t sent = send(p->fd, p->out + p->out_at, p->out_size - p->out_at, MSG_NOSIGNAL);
    if (sent <= 0) return;
    p->out_at += sent;
  }
  p->out_at = p->out_size = 0;
}

static void message(Peer *p, const char *topic, size_t topic_size, const char *type, Part parent, const char *content) {
  char header[512], hex[65];
  Part parts[4] = {{header, 0}, parent, {"{}", 2}, {content, strlen(content)}};
  if (!p) return;
  parts[0].size = sprintf(header,
                          "{\"msg_id\":\"null-%d-%lu\",\"session\":\"null-%d\",\"username\":\"kernel\",\"date\":"
                          "\"2026-01-01T00:00:00.000000Z\",\"msg_type\":\"%s\",\"version\":\"5.3\"}",
                          getpid(), ++counter, getpid(), type);
  sign(parts, hex);
  if (topic) frame(p, 1, topic, topic_size);
  frame(p, 1, "<IDS|MSG>", 9);
  frame(p, 1, hex, 64);
  for (int i = 0; i < 4; i++) frame(p, i < 3, parts[i].data, parts[i].size);
}

static void publish(const char *type, Part parent, const char *content) {
  for (int i = 0; i < peer_count; i++)
    if (peers[i]->channel == IOPUB && peers[i]->ready && peers[i]->out_size - peers[i]->out_at < WAITING)
      message(peers[i], type, strlen(type), type, parent, content);
}

static int has(Part part, const char *text) { return memmem(part.data, part.size, text, strlen(text)) != NULL; }

static void answer(Peer *p, Part *parts, int count) {
  int at = 0;
  while (at < count && (parts[at].size != 9 || memcmp(parts[at].data, "<IDS|MSG>", 9))) at++;
  if (count - at < 6) return;
  char hex[65];
  sign(parts + at + 2, hex);
  if (parts[at + 1].size != 64 || memcmp(hex, parts[at + 1].data, 64)) {
    fprintf(stderr, "a wrong signature\n");
    exit(3);
  }
  Part header = parts[at + 2], content = parts[at + 5];
  publish("status", header, "{\"execution_state\":\"busy\"}");
  const char *type = "kernel_info_reply", *reply =
      "{\"status\":\"ok\",\"protocol_version\":\"5.3\",\"implementation\":\"null\",\"implementation_version\":\"1\","
      "\"language_info\":{\"name\":\"null\",\"version\":\"1\",\"mimetype\":\"text/plain\",\"file_extension\":\".txt\"},"
      "\"banner\":\"\"}";
  if (has(header, "\"execute_request\"")) {
    type = "execute_reply";
    reply = "{\"status\":\"ok\",\"execution_count\":1,\"user_expressions\":{},\"payload\":[]}";
    publish("execute_input", header, "{\"code\":\"1\",\"execution_count\":1}");
    if (has(content, "\"flood")) {
      char *kept = malloc(header.size);
      memcpy(kept, header.data, header.size);
      flood_parent = kept;
      flood_parent_size = header.size;
      return;
    }
    publish("execute_result", header, "{\"data\":{\"text/plain\":\"1\"},\"metadata\":{},\"execution_count\":1}");
  } else if (has(header, "\"shutdown_request\"")) {
    type = "shutdown_reply";
    reply = "{\"status\":\"ok\",\"restart\":false}";
    dying = 1;
  } else if (!has(header, "\"kernel_info_request\"")) {
    type = "unknown_reply";
    reply = "{\"status\":\"ok\"}";
  }
  for (int i = 0; i < at; i++) frame(p, 1, parts[i].data, parts[i].size);
  message(p, NULL, 0, type, header, reply);
  publish("status", header, "{\"execution_state\":\"idle\"}");
}

/* What comes: greeting, READY, then messages */

static void greet(Peer *p) {
  char ready[64] = "\x05READY\x0bSocket-Type";
  size_t size = 18, length = strlen(TYPES[p->channel]);
  memset(ready + size, 0, 4);
  ready[size + 3] = length;
  memcpy(ready + size + 4, TYPES[p->channel], length);
  frame(p, 4, ready, size + 4 + length);
  p->greeted = 1;
}

static size_t consume(Peer *p, const char *data, size_t size) {
  enum { PARTS = 64 };
  size_t used = 0, at = 0;
  Part parts[PARTS];
  int count = 0;
  if (!p->greeted) {
    if (size < 64) return 0;
    greet(p);
    used = at = 64;
  }
  while (size - at >= 2) {
    unsigned char flags = data[at];
    uint64_t length = (unsigned char)data[at + 1];
    size_t head = 2;
    if (flags & 2) {
      if (size - at < 9) break;
      length = 0;
      for (int i = 0; i < 8; i++) length = length << 8 | (unsigned char)data[at + 1 + i];
      head = 9;
    }
    if (size - at - head < length) break;
    const char *body = data + at + head;
    at += head + length;
    if (flags & 4) {
      const char *id = length ? memmem(body, length, "\x08Identity", 9) : NULL;
      if (id && length) {
        p->identity_size = (unsigned char)id[12];
        memcpy(p->identity, id + 13, p->identity_size);
      }
      if (p->channel != IOPUB || memmem(body, length, "SUBSCRIBE", 9)) p->ready = 1;
      used = at;
      continue;
    }
    if (count < PARTS) parts[count++] = (Part){body, length};
    if (flags & 1) continue;
    used = at;
    if (p->channel == IOPUB) p->ready = 1; /* a subscription of ZMTP 3.0 */
    if (p->channel == SHELL || p->channel == CONTROL) answer(p, parts, count);
    count = 0;
  }
  return used;
}

static int readable(Peer *p) {
  static char chunk[1 << 16];
  ssize_t got = recv(p->fd, chunk, sizeof chunk, 0);
  if (got <= 0) return got < 0 && (errno == EAGAIN || errno == EINTR);
  append(&p->in, &p->in_size, &p->in_room, chunk, got);
  size_t used = consume(p, p->in, p->in_size);
  memmove(p->in, p->in + used, p->in_size - used);
  p->in_size -= used;
  return 1;
}

static void drop(int index) {
  Peer *p = peers[index];
  close(p->fd);
  free(p->in);
  free(p->out);
  free(p);
  peers[index] = peers[--peer_count];
}

static void welcome(int listener, int channel) {
  static const char GREETING[64] = "\xff\0\0\0\0\0\0\0\0\x7f\x03\x00NULL\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01";
  int fd = accept(listener, NULL, NULL), on = 1;
  if (fd < 0) return;
  if (peer_count == MOST) {
    close(fd);
    return;
  }
  fcntl(fd, F_SETFL, O_NONBLOCK);
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  Peer *p = peers[peer_count++] = calloc(1, sizeof *p);
  p->fd = fd;
  p->channel = channel;
  say(p, GREETING, sizeof GREETING);
}

/* The connection file, whose JSON is flat */

static char *file_text;

static void value(const char *name, char *out, size_t room) {
  char quoted[64];
  sprintf(quoted, "\"%s\"", name);
  const char *at = strstr(file_text, quoted);
  *out = 0;
  if (!at) return;
  at += strlen(quoted);
  at += strspn(at, " :\"");
  size_t size = strcspn(at, "\",}\n");
  if (size < room) memcpy(out, at, size), out[size] = 0;
}

static int listening(int channel, const char *transport, const char *ip) {
  char port[16];
  value(NAMES[channel], port, sizeof port);
  int on = 1, fd;
  if (!strcmp(transport, "ipc")) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s-%s", ip, port);
    strcpy(paths[channel], address.sun_path);
    fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (bind(fd, (struct sockaddr *)&address, sizeof address)) return -1;
  } else {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
    inet_pton(AF_INET, ip, &address.sin_addr);
    fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&address, sizeof address)) return -1;
  }
  return listen(fd, 64) ? -1 : fd;
}

static void interrupt(int number) { interrupted = number; }

static void flood(void) {
  static char content[16384];
  Part parent = {flood_parent, flood_parent_size};
  if (!content[0]) {
    strcpy(content, "{\"name\":\"stdout\",\"text\":\"");
    for (int i = 0; i < 100; i++) strcat(content, "0123456789 0123456789 0123456789 0123456789\\n");
    strcat(content, "\"}");
  }
  if (!interrupted) {
    publish("stream", parent, content);
    return;
  }
  publish("error", parent, "{\"ename\":\"KeyboardInterrupt\",\"evalue\":\"\",\"traceback\":[]}");
  for (int i = 0; i < peer_count; i++)
    if (peers[i]->channel == SHELL && peers[i]->ready) {
      if (peers[i]->identity_size == 0) continue;
      message(peers[i], NULL, 0, "execute_reply", parent, "{\"status\":\"error\",\"execution_count\":1}");
    }
  publish("status", parent, "{\"execution_state\":\"idle\"}");
  flood_parent = NULL;
  interrupted = 0;
}

int main(int argc, char **argv) {
  FILE *file = argc >= 2 ? fopen(argv[1], "r") : NULL;
  if (!file) return 1;
  file_text = calloc(1, 65536);
  if (!fread(file_text, 1, 65535, file)) return 1;
  char key[128], transport[16], ip[128];
  value("key", key, sizeof key);
  value("transport", transport, sizeof transport);
  value("ip", ip, sizeof ip);
  set_key(key);
  signal(SIGINT, interrupt);
  for (int i = 0; i < CHANNELS; i++) {
    polled[i].fd = listening(i, transport, ip);
    polled[i].events = POLLIN;
    if (polled[i].fd < 0) return perror("Address already in use"), 1;
  }
  while (!dying) {
    for (int i = 0; i < peer_count; i++)
      polled[CHANNELS + i] = (struct pollfd){peers[i]->fd, POLLIN | (peers[i]->out_size ? POLLOUT : 0), 0};
    int watched = peer_count;
    poll(polled, CHANNELS + watched, flood_parent ? 0 : -1);
    for (int i = watched - 1; i >= 0; i--) {
      int events = polled[CHANNELS + i].revents;
      if (events & (POLLIN | POLLHUP | POLLERR) && !readable(peers[i])) drop(i);
    }
    for (int i = 0; i < CHANNELS; i++)
      if (polled[i].revents & POLLIN) welcome(polled[i].fd, i);
    if (flood_parent) flood();
    for (int i = 0; i < peer_count; i++) flush(peers[i]);
  }
  for (int tries = 0; tries < 100; tries++) { /* what was said goes out */
    for (int i = 0; i < peer_count; i++) flush(peers[i]);
    usleep(1000);
  }
  for (int i = 0; i < CHANNELS; i++)
    if (paths[i][0]) unlink(paths[i]);
  return 0;
}
