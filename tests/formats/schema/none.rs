//! Nothing: the manifest only names a package.
