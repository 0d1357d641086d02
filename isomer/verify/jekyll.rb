# Renders a repository without theme, layouts and plugins, and writes what would have been
# published as lines of JSON, in the order of writing. Started by jekyll.py beside this file.
# Arguments: the repository, the file to write, seconds, the day of the build, files of settings.

require "json"

root, answer, seconds, day, *settings = ARGV
gigabyte = 1024 * 1024 * 1024
Process.setrlimit(Process::RLIMIT_CPU, seconds.to_i)
Process.setrlimit(Process::RLIMIT_AS, 3 * gigabyte)
Process.setrlimit(Process::RLIMIT_FSIZE, gigabyte)

require "jekyll"

config = Jekyll.configuration(
  "source" => root,
  "destination" => File.join(Dir.pwd, "nothing-is-written"),
  "config" => settings,
  "quiet" => true,
  "disable_disk_cache" => true,
)
# Other settings of kramdown name files of Ruby that it reads, or are templates that it runs; safe
# mode lets them.
of_kramdown = [
  "auto_ids", "auto_id_prefix", "auto_id_stripping", "footnote_nr", "hard_wrap", "html_to_native",
  "parse_block_html", "parse_span_html", "smart_quotes", "toc_levels", "transliterated_header_ids",
]
given = config["kramdown"].is_a?(Hash) ? config["kramdown"] : {}
kramdown = given.slice(*of_kramdown).merge("input" => given["input"] == "kramdown" ? "kramdown" : "GFM")
# After the settings were read: in them, nothing of this may be undone.
config.merge!(
  "kramdown" => kramdown,
  "highlighter" => "rouge",
  "safe" => true,
  "plugins" => [],
  "gems" => [],
  "whitelist" => [],
  "theme" => nil,
  "layouts_dir" => "_no-layouts-of-the-repository",
  "markdown" => "kramdown",
  "incremental" => false,
  "lsi" => false,
  "strict_front_matter" => false,
  "time" => day,
)
Jekyll.logger.log_level = :error

site = Jekyll::Site.new(config)
site.reset
site.read
site.generate
# Styles need the theme's, and say nothing.
style = [".scss", ".sass", ".coffee"]
payload = site.site_payload
errors = {}
documents = site.docs_to_write.grep_v(Jekyll::StaticFile)
rendered = documents + site.pages.reject { |page| style.include?(page.ext) }
rendered.each do |item|
  item.renderer.payload = payload
  item.output = item.renderer.run
rescue StandardError, SystemStackError => error
  errors[item] = "#{error.class}: #{error.message}"[0, 500]
end

File.open(answer, "w") do |file|
  site.each_site_file do |item|
    is_static = item.is_a?(Jekyll::StaticFile)
    line = {
      "path" => item.relative_path.delete_prefix("/").scrub,
      "address" => item.destination(site.dest).delete_prefix(site.dest).scrub,
      "html" => is_static || errors[item] ? nil : item.output.to_s.scrub,
      "error" => errors[item].to_s.scrub,
    }
    file.puts(JSON.generate(line))
  end
end
