# The formula for Linux. On macOS the cask installs the application: brew install --cask adrastea.
class Adrastea < Formula
  desc "@summary@"
  homepage "@homepage@"
  version "@version@"
  license "@license@"

  depends_on :linux

  on_intel do
    url "@files@/adrastea-@version@-linux-x86_64.tar.xz"
    sha256 "@sha256_linux_x86_64@"
  end
  on_arm do
    url "@files@/adrastea-@version@-linux-aarch64.tar.xz"
    sha256 "@sha256_linux_aarch64@"
  end

  def install
    bin.install "bin/adrastea"
    share.install Dir["share/*"]
  end

  def caveats
    <<~EOS
      The window needs the system's WebKitGTK 4.1 (Debian: libwebkit2gtk-4.1-0, Fedora: webkit2gtk4.1).
      Without it, the default browser shows notebooks. "adrastea doctor" says what was found.
    EOS
  end

  test do
    assert_match "Adrastea #{version}", shell_output("#{bin}/adrastea --version")
  end
end
