using System.Numerics;
using Pix2Pix.Imaging;

namespace DrawnData.Objects;

/// <summary>Takes the photo: 2x2 rays a pixel, a soft light from a window, light from the sky, a reflection of the window.</summary>
internal static class Camera
{
    private const int RaysPerSide = 2;
    private const int LightPoints = 16; // over the rays of a pixel
    private const float LightSize = 0.16f;
    private const float Lens = 0.166f; // half the picture's height at distance 1

    private static readonly Vector3 Sunlight = new(1.0f, 0.95f, 0.86f);
    private static readonly Vector3 Sky = new(0.44f, 0.49f, 0.55f);
    private static readonly Vector3 Bounce = new(0.30f, 0.24f, 0.18f); // from the table

    /// <summary>The scene as a picture of <paramref name="size"/> x <paramref name="size"/> pixels.</summary>
    public static PixelImage Photograph(Scene scene, int size)
    {
        Vector3 forward = Vector3.Normalize(scene.LookAt - scene.Eye);
        Vector3 right = Vector3.Normalize(Vector3.Cross(forward, Vector3.UnitY));
        Vector3 up = Vector3.Cross(right, forward);
        byte[] pixels = new byte[size * size * 3];
        for (int i = 0; i < size * size; i++)
        {
            Vector3 sum = Vector3.Zero;
            for (int part = 0; part < RaysPerSide * RaysPerSide; part++)
            {
                float x = (i % size) + (((part % RaysPerSide) + 0.5f) / RaysPerSide);
                float y = (i / size) + (((part / RaysPerSide) + 0.5f) / RaysPerSide);
                Vector3 across = Lens * (((2 * x / size) - 1) * right + (1 - (2 * y / size)) * up);
                sum += Develop(Shade(scene, new Ray(scene.Eye, Vector3.Normalize(forward + across)), part));
            }

            Vector3 color = 255 / (float)(RaysPerSide * RaysPerSide) * sum;
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) =
                ((byte)MathF.Round(color.X), (byte)MathF.Round(color.Y), (byte)MathF.Round(color.Z));
        }

        return new PixelImage(size, size, pixels);
    }

    // Linear light to the 0..1 of a picture: gamma 2.2.
    private static Vector3 Develop(Vector3 light)
    {
        Vector3 clipped = Vector3.Clamp(light, Vector3.Zero, Vector3.One);
        return new Vector3(MathF.Pow(clipped.X, 1 / 2.2f), MathF.Pow(clipped.Y, 1 / 2.2f), MathF.Pow(clipped.Z, 1 / 2.2f));
    }

    private static Vector3 Shade(Scene scene, in Ray ray, int part)
    {
        Hit hit = scene.Meet(ray);
        Vector3 color = hit.Paint.ColorAt(hit.Point);

        // Light from the window, from the sky and from the table (Lambert).
        float sun = scene.Brightness * MathF.Max(0, Vector3.Dot(hit.Normal, scene.Light)) * Visible(scene, hit, part);
        Vector3 around = Vector3.Lerp(Bounce, Sky, 0.5f + (0.5f * hit.Normal.Y)) * scene.Openness(hit);
        Vector3 light = color * ((sun * Sunlight) + around + (hit.Paint.Glow * Vector3.One));

        // The window in the glaze, and the sky at grazing angles (Schlick).
        Vector3 mirrored = Vector3.Reflect(ray.Direction, hit.Normal);
        float grazing = MathF.Pow(1 - MathF.Abs(Vector3.Dot(ray.Direction, hit.Normal)), 5);
        light += hit.Paint.Gloss * ((Window(mirrored, scene.Light) * Sunlight) + (0.7f * grazing * Sky));
        return light;
    }

    // The visible part of the light, 0 to 1, at its own few points for each ray of a pixel.
    private static float Visible(Scene scene, in Hit hit, int part)
    {
        if (Vector3.Dot(hit.Normal, scene.Light) <= 0)
            return 0;

        Vector3 side = Vector3.Normalize(Vector3.Cross(scene.Light, Vector3.UnitY));
        Vector3 top = Vector3.Cross(side, scene.Light);
        Vector3 start = hit.Point + (2e-3f * hit.Normal);
        int seen = 0, asked = 0;
        for (int i = part; i < LightPoints; i += RaysPerSide * RaysPerSide, asked++)
        {
            // Vogel's spiral: points evenly over a disc.
            float radius = LightSize * MathF.Sqrt((i + 0.5f) / LightPoints), angle = 2.39996f * i;
            Vector3 towards = scene.Light + (radius * ((MathF.Cos(angle) * side) + (MathF.Sin(angle) * top)));
            if (!scene.Blocks(new Ray(start, Vector3.Normalize(towards))))
                seen++;
        }

        return seen / (float)asked;
    }

    // A bright rectangle with soft rims around the light's direction.
    private static float Window(Vector3 direction, Vector3 light)
    {
        float ahead = Vector3.Dot(direction, light);
        if (ahead <= 0)
            return 0;

        Vector3 side = Vector3.Normalize(Vector3.Cross(light, Vector3.UnitY));
        Vector3 top = Vector3.Cross(side, light);
        float x = MathF.Abs(Vector3.Dot(direction, side)) / ahead, y = MathF.Abs(Vector3.Dot(direction, top)) / ahead;
        return Soft(0.34f, 0.22f, x) * Soft(0.46f, 0.34f, y);
    }

    // 0 at `outer` and beyond, 1 at `inner` and before, smooth between.
    private static float Soft(float outer, float inner, float value)
    {
        float t = Math.Clamp((value - outer) / (inner - outer), 0, 1);
        return t * t * (3 - (2 * t));
    }
}
