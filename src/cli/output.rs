//! Where results go: standard output, or a file that is written whole or not at all, compressed as its name says.

use crate::{Error, Result};
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Standard output or a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Standard output, `-`.
    Stdout,
    /// A file.
    File(PathBuf),
}

impl Target {
    /// The target of that name.
    pub fn of_path(path: &Path) -> Target {
        if path == Path::new("-") { Target::Stdout } else { Target::File(path.to_owned()) }
    }
}

/// Gives `fill` a writer to the target. A file appears under its name once `fill` is through; when it fails, the file
/// that was there stays as it was. `.gz` and `.zst` are compressed.
pub fn write(target: &Target, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    match target {
        Target::Stdout => write_stream(io::stdout().lock(), fill),
        Target::File(path) => write_file(path, fill),
    }
}

fn write_stream(stream: impl Write, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let mut buffer = BufWriter::new(stream);
    fill(&mut buffer)?;
    buffer.flush().map_err(Error::Write)
}

fn write_file(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    // A link keeps pointing where it does: what it points to is replaced.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let named = |error| Error::io(path, error);
    // A device or pipe cannot be replaced.
    if fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
        return write_stream(fs::OpenOptions::new().write(true).open(path).map_err(named)?, fill);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = temporary(folder).map_err(named)?;
    compress(path, file.as_file_mut(), fill)?;
    file.persist(path).map_err(|error| named(error.error))?;
    Ok(())
}

/// A file in the same folder, so that it can be renamed, with the permissions a new file would have.
fn temporary(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".newsgraph-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

fn compress(path: &Path, file: &mut fs::File, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("gz") => {
            let mut encoder = flate2::write::GzEncoder::new(BufWriter::new(file), flate2::Compression::default());
            fill(&mut encoder)?;
            encoder.finish().and_then(|mut file| file.flush()).map_err(|error| Error::io(path, error))
        }
        Some("zst") => compress_zst(path, file, fill),
        _ => write_stream(file, fill),
    }
}

#[cfg(feature = "zstd")]
fn compress_zst(path: &Path, file: &mut fs::File, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let named = |error| Error::io(path, error);
    let mut encoder = zstd::Encoder::new(BufWriter::new(file), zstd::DEFAULT_COMPRESSION_LEVEL).map_err(named)?;
    fill(&mut encoder)?;
    encoder.finish().and_then(|mut file| file.flush()).map_err(named)
}

#[cfg(not(feature = "zstd"))]
fn compress_zst(path: &Path, _: &mut fs::File, _: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let message = format!("{}: this build cannot write .zst; build with the feature `zstd`", path.display());
    Err(Error::Usage(message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn put(path: &Path, words: &'static str) -> Result<()> {
        write(&Target::File(path.to_owned()), |out| out.write_all(words.as_bytes()).map_err(Error::Write))
    }

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("graph.json");
        put(&path, "old").unwrap();
        let failed = write(&Target::File(path.clone()), |out| {
            out.write_all(b"half")?;
            Err(Error::Usage("stop".into()))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        put(&path, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays");
    }

    #[test]
    fn the_name_says_how_it_is_compressed() {
        let folder = tempfile::tempdir().unwrap();
        let (gz, zst) = (folder.path().join("g.ttl.gz"), folder.path().join("g.ttl.zst"));
        put(&gz, "words").unwrap();
        let mut read = String::new();
        flate2::read::GzDecoder::new(fs::File::open(gz).unwrap()).read_to_string(&mut read).unwrap();
        assert_eq!(read, "words");
        if cfg!(feature = "zstd") {
            put(&zst, "words").unwrap();
            assert!(fs::read(zst).unwrap().starts_with(&[0x28, 0xb5, 0x2f, 0xfd]));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_a_device_is_written_to() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        put(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        put(&link, "new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        put(Path::new("/dev/null"), "gone").unwrap();
    }

    #[test]
    fn an_error_names_the_file() {
        let error = put(Path::new("no/such/folder/g.json"), "x").unwrap_err();
        assert!(error.to_string().starts_with("no/such/folder/g.json: "), "{error}");
    }
}
