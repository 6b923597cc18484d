cask "adrastea" do
  arch arm: "arm64", intel: "x86_64"

  version "@version@"
  sha256 arm:   "@sha256_macos_arm64@",
         intel: "@sha256_macos_x86_64@"

  url "@files@/adrastea-#{version}-macos-#{arch}.dmg"
  name "@name@"
  desc "@summary@"
  homepage "@homepage@"

  depends_on macos: ">= :big_sur"

  app "@name@.app"
  binary "#{appdir}/@name@.app/Contents/MacOS/@command@"

  zap trash: [
    "~/Library/Application Support/@name@",
    "~/Library/Saved Application State/@id@.savedState",
  ]
end
