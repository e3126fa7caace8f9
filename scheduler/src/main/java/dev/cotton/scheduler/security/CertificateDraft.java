package dev.cotton.scheduler.security;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** A certificate before it is signed. Used by one thread and thrown away. */
final class CertificateDraft {
    private static final Duration CLOCKS_MAY_DIFFER_BY = Duration.ofHours(1);
    private static final int SERIAL_BITS = 127;

    private record Entry(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {}

    private final X500Name subject;
    private final PublicKey holder;
    private final List<Entry> extensions = new ArrayList<>();
    private Instant from = Instant.EPOCH;
    private Instant until = Instant.EPOCH;

    CertificateDraft(String commonName, PublicKey holder) {
        this.subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
        this.holder = holder;
    }

    CertificateDraft validFor(Duration validity, Instant now) {
        from = now.minus(CLOCKS_MAY_DIFFER_BY);
        until = now.plus(validity);
        return this;
    }

    CertificateDraft asAuthority() {
        extensions.add(new Entry(Extension.basicConstraints, true, new BasicConstraints(0)));
        extensions.add(new Entry(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
        return this;
    }

    CertificateDraft asLeaf(List<KeyPurposeId> purposes) {
        extensions.add(new Entry(Extension.basicConstraints, true, new BasicConstraints(false)));
        extensions.add(new Entry(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)));
        extensions.add(new Entry(
                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new))));
        return this;
    }

    /** Where the holder listens: an IP address or a host name. */
    CertificateDraft at(String address) {
        int kind = IPAddress.isValid(address) ? GeneralName.iPAddress : GeneralName.dNSName;
        extensions.add(
                new Entry(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(kind, address))));
        return this;
    }

    X509Certificate signSelf(PrivateKey key) {
        return sign(subject, holder, key);
    }

    X509Certificate signedBy(X509Certificate issuer, PrivateKey key) {
        X500Name name = X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
        return sign(name, issuer.getPublicKey(), key);
    }

    private X509Certificate sign(X500Name issuer, PublicKey issuerKey, PrivateKey key) {
        BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE);
        var builder =
                new JcaX509v3CertificateBuilder(issuer, serial, Date.from(from), Date.from(until), subject, holder);
        try {
            var ids = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(holder));
            builder.addExtension(Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(issuerKey));
            for (Entry entry : extensions) {
                builder.addExtension(entry.id(), entry.critical(), entry.value());
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new SecretException("A certificate for " + subject + " could not be signed.", e);
        }
    }
}
