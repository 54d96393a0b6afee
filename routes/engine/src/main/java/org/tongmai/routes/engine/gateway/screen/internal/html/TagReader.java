package org.tongmai.routes.engine.gateway.screen.internal.html;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import nu.validator.htmlparser.common.TokenHandler;
import nu.validator.htmlparser.common.XmlViolationPolicy;
import nu.validator.htmlparser.impl.ElementName;
import nu.validator.htmlparser.impl.HtmlAttributes;
import nu.validator.htmlparser.impl.Tokenizer;
import nu.validator.htmlparser.impl.UTF16Buffer;
import org.xml.sax.SAXException;

/** Reads tags of a value, each by itself, with the tokenizer of the HTML standard (13.2.5), as Firefox has it. */
final class TagReader implements TokenHandler {
    /** Closes whatever quote the tag still has open: the page around the value goes on. */
    private static final String REST_OF_PAGE = "\"'>";

    private final char[] page;
    private long work;
    private Tokenizer tokenizer;
    private Tag tag;

    TagReader(String value) {
        page = (value + REST_OF_PAGE).toCharArray();
    }

    /** The tag that begins at the first character of a text, or null where none does. */
    static Tag first(String text) {
        return new TagReader(text).at(0);
    }

    /** The tag that begins at a bracket, or null where none does. */
    Tag at(int bracket) {
        tag = null;
        try {
            tokenize(bracket);
        } catch (SAXException e) {
            throw new IllegalStateException("the HTML tokenizer refused a character it was told to take", e);
        }
        return tag;
    }

    /** How many characters were looked at so far. */
    long work() {
        return work;
    }

    private void tokenize(int from) throws SAXException {
        tokenizer = new Tokenizer(this);
        tokenizer.setCommentPolicy(XmlViolationPolicy.ALLOW);
        tokenizer.setContentNonXmlCharPolicy(XmlViolationPolicy.ALLOW);
        tokenizer.setContentSpacePolicy(XmlViolationPolicy.ALLOW);
        tokenizer.setNamePolicy(XmlViolationPolicy.ALLOW);
        tokenizer.setXmlnsPolicy(XmlViolationPolicy.ALLOW);
        tokenizer.start();
        UTF16Buffer buffer = new UTF16Buffer(page, from, page.length);
        boolean carriageReturn = false;
        while (buffer.hasMore() && tag == null) {
            buffer.adjust(carriageReturn);
            carriageReturn = buffer.hasMore() && tokenizer.tokenizeBuffer(buffer);
        }
        tokenizer.end();
        work += buffer.getStart() - from;
    }

    @Override
    public void startTag(ElementName name, HtmlAttributes attributes, boolean selfClosing) {
        Map<String, String> found = new LinkedHashMap<>();
        for (int i = 0; i < attributes.getLength(); i++) {
            found.put(attributes.getLocalName(i).toLowerCase(Locale.ROOT), attributes.getValue(i));
        }
        end(name.getName(), found);
    }

    @Override
    public void endTag(ElementName name) {
        end("/" + name.getName(), Map.of());
    }

    private void end(String name, Map<String, String> attributes) {
        if (tag == null) {
            tag = new Tag(name.toLowerCase(Locale.ROOT), attributes);
        }
        tokenizer.requestSuspension();
    }

    @Override
    public boolean wantsComments() {
        return false;
    }

    @Override
    public boolean cdataSectionAllowed() {
        return false;
    }

    @Override
    public void startTokenization(Tokenizer started) {
        // Nothing is kept from before.
    }

    @Override
    public void doctype(String name, String publicId, String systemId, boolean quirks) {
        // Creates nothing.
    }

    @Override
    public void comment(char[] text, int start, int length) {
        // Creates nothing; tags inside are read from their own bracket.
    }

    @Override
    public void characters(char[] text, int start, int length) {
        // Creates nothing.
    }

    @Override
    public void zeroOriginatingReplacementCharacter() {
        // Creates nothing.
    }

    @Override
    public void eof() {
        // The tag is complete or there is none.
    }

    @Override
    public void endTokenization() {
        // Nothing is held.
    }

    @Override
    public void ensureBufferSpace(int inputLength) {
        // Nothing is buffered.
    }
}
