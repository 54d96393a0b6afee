package org.tongmai.console.camelcli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.console.app.sandbox.PackagedPlatform;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.sandbox.standalone.StandaloneBundle;

/** Gives a Camel context that somebody else starts what the routes of a bundle need. */
public final class BundleOnCommandLine implements ContextServicePlugin {
    private static final Logger LOG = LoggerFactory.getLogger(BundleOnCommandLine.class);

    private StandaloneBundle bundle;

    @Override
    public void load(CamelContext context) {
        RunSettings settings = RunSettings.of(System.getProperties());
        try {
            Path output = settings.output().isPresent()
                    ? settings.output().get()
                    : Files.createTempDirectory("tongmai-"); // its owner's only
            LOG.info("The canonical resources of each message go to {}", output.toAbsolutePath());
            bundle = StandaloneBundle.prepare(context, PackagedPlatform.load(), read(settings.bundle()), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<BundleArchive> read(Path folder) throws IOException {
        return Files.exists(folder.resolve(BundleArchive.MANIFEST))
                ? Optional.of(BundleArchive.ofFolder(folder.toRealPath()))
                : Optional.empty();
    }

    @Override
    public void unload(CamelContext context) {
        if (bundle != null) {
            bundle.close();
        }
    }
}
